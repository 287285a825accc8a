"""The people's accounts as the sign-in library reads and writes them."""

from __future__ import annotations

from typing import Any, cast

from flask_security import SQLAlchemyUserDatastore

from khabarayn.store.db import db
from khabarayn.store.models import PasskeyRow, UserRow

# Roles stand in a column, and what they may in `desk.permissions`: the library's own are not used.
accounts = SQLAlchemyUserDatastore(cast(Any, db), UserRow, cast(Any, None), PasskeyRow)
