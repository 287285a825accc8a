"""The door: what a WSGI server opens."""

from khabarayn import create_app

app = create_app()
