"""Serves the playground. A Space runs this file as it stands: host and port come from the environment."""

import logging
import os

from playground.ui.page import build_page
from playground.ui.start import build_services, launch_options


def main() -> None:
    """Build the services, build the page, launch; the model is prepared while the page is already served."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    services = build_services(os.environ)
    page = build_page(services)
    page.queue(default_concurrency_limit=8)
    page.launch(**launch_options(os.environ))


if __name__ == "__main__":
    main()
