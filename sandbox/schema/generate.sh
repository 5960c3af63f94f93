#!/bin/sh
# Writes bot_api.json and LICENSE anew from the published TypeScript types of the Bot API.
# Needs node, npm and python3; everything fetched stays in a temporary folder.
set -eu

TYPES=@gramio/types@10.0.0
GENERATOR=ts-json-schema-generator@2.4.0

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund "$TYPES" "$GENERATOR"
mkdir types
for file in methods params objects; do
    # What only helps people who write TypeScript is not part of the protocol.
    sed -E 's/ *\| \{ to(JSON|String)\(\): [A-Za-z.]+ \}//; s/= Blob$/= string/' \
        "node_modules/@gramio/types/out/$file.d.ts" >"types/$file.ts"
done
sed -i -E '/^import type .* from ".\/(methods|utils)"/d; /If .ok. equals True, the request was/,$d' types/objects.ts
sed -i -E '$ s/^\/\*\*$//' types/objects.ts

# A method becomes an object with its parameters and its answer, which the generator can express.
cat >types/utils.ts <<'TYPES_END'
export type CallAPI<T, R> = { params: T; result: R }
export type CallAPIWithoutParams<R> = { params: {}; result: R }
export type CallAPIWithOptionalParams<T, R> = { params: T; result: R }
TYPES_END
{
    echo 'import type { APIMethods } from "./methods"'
    echo 'import type * as Objects from "./objects"'
    echo 'export interface BotApi { methods: APIMethods; objects: {'
    sed -n -E 's/^export (interface|type) (Telegram[A-Za-z0-9]+).*/\2: Objects.\2/p' types/objects.ts
    echo '} }'
} >types/entry.ts
echo '{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true}, "include": ["types"]}' >tsconfig.json

node_modules/.bin/ts-json-schema-generator --tsconfig tsconfig.json --path types/entry.ts --type BotApi --out raw.json
python3 "$here/condense.py" raw.json "$here/bot_api.json"
cp node_modules/@gramio/types/LICENSE "$here/LICENSE"
