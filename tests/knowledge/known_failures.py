"""Examples of built-in rules that do not hold yet: (relation, text), and why. Each must fail, or the list is out of date."""

KNOWN_FAILURES: dict[tuple[str, str], str] = {}
