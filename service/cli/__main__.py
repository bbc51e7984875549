"""``python -m deltoid.service.cli``."""

from __future__ import annotations

from deltoid.service.cli import main

if __name__ == "__main__":
    main()
