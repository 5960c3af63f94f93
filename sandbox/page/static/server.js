// Talks to the sandbox's server; every refusal becomes an Error whose message can be shown as it is.

async function answer(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

async function reach(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The sandbox is not running any more. Start it again and this page goes on.");
  }
  return answer(response);
}

export const get = (path) => reach(path);

export const post = (path, body = {}) =>
  reach(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** What a person does in their client; `fields` may be a FormData (a file) or a plain object. */
export function act(person, action, fields = {}) {
  const path = `/sandbox/people/${person}/${action}`;
  return fields instanceof FormData ? reach(path, { method: "POST", body: fields }) : post(path, fields);
}

/** Calls `heard(event)` for everything that happens, and `returned()` each time the connection stands again. */
export function listen(heard, returned, lost) {
  const source = new EventSource("/sandbox/events");
  source.addEventListener("open", returned);
  source.addEventListener("error", lost);
  source.addEventListener("message", (event) => heard(JSON.parse(event.data)));
}
