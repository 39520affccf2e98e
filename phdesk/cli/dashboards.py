"""`phdesk dashboards`: lists the dashboards of the project."""

from argparse import Namespace

from phdesk.api.errors import ApiError
from phdesk.cli.exits import FINE, StoppedError, code_of, sentence
from phdesk.cli.gate import gated
from phdesk.cli.loading import Loaded, access, rows_view
from phdesk.cli.show import formatted, write
from phdesk.services.headless import list_dashboards


def run(arguments: Namespace) -> int:
    """Print the list in the asked format."""
    try:
        rows = list_dashboards(access(None), connect=gated())
    except ApiError as error:
        raise StoppedError(sentence(error.failure), code_of(error.failure)) from None
    write(formatted(Loaded(views=(rows_view(rows),)), arguments.format))
    return FINE
