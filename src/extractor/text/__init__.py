"""From bytes to a folded text, its sentences and its words."""
