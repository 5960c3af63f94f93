import os
import random

import pytest

SEED = "TEST_SEED"


@pytest.fixture
def rng() -> random.Random:
    """Chance that can be had again: a failing test shows its seed."""
    seed = int(os.environ.get(SEED) or random.SystemRandom().randrange(2**32))
    print(f"again with {SEED}={seed}")
    return random.Random(seed)
