"""The sign-in library's forms, passkeys and addresses, as far as ours differ from its own."""

from __future__ import annotations

from typing import Any

from flask_security import (
    EmailValidateException,
    LoginForm,
    MailUtil,
    Totp,
    WebauthnUtil,
)
from flask_security.forms import Form
from flask_security.webauthn import (
    WebAuthnRegisterForm,
    WebAuthnSigninResponseForm,
    WebAuthnTfPlugin,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import HiddenField, RadioField

from khabarayn.desk.people.accounts import plain_address
from khabarayn.desk.refused import Refused
from khabarayn.web.site import paper


class SignInForm(LoginForm):
    """The library's form of e-mail address and password, without «remember me»."""

    # Nothing outlives the session.
    remember = None  # type: ignore[assignment]


class PasskeyForm(WebAuthnSigninResponseForm):
    """The library's form for signing in with a passkey, as first or second factor; never for a
    disabled account, which the library's own form lets through to its last step."""

    def validate(self, **values: Any) -> bool:
        """Say whether the passkey is valid and its account active; a passkey is always a first
        factor."""
        self.is_secondary = False
        return super().validate(**values) and self.user is not None and self.user.is_active


class PasskeyNameForm(WebAuthnRegisterForm):
    """The library's form for a new passkey, which asks only for its name."""

    # The library's field is a choice; here every passkey is of one kind.
    usage = HiddenField()  # pyright: ignore[reportAssignmentType]

    def validate(self, **values: Any) -> bool:
        """Say whether the form is valid; every passkey is kept as a first factor."""
        self.usage.data = "first"
        return super().validate(**values)


class RecoveryForm(Form):
    """The form of somebody who has lost the second factor."""

    # The library writes into it what could help; our page names recovery codes alone.
    help_setup = RadioField(choices=[])


class PasskeyAsSecond(WebAuthnTfPlugin):
    """A passkey as second factor: who has one may use it after the password."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """Return the second factors that ``user`` can set up here: (value, name) of passkeys, if
        there is one."""
        return [("webauthn", "passkey")] if user.webauthn else []


class Passkeys(WebauthnUtil):
    """The options of passkeys: stored on the device, and opened only after the device has checked
    its owner."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """Ask for a passkey that is stored on the device and checks who uses it."""
        del user, usage
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """Ask that the device checks who uses the passkey (a fingerprint, a PIN), every time."""
        del user, usage
        return UserVerificationRequirement.REQUIRED


class Addresses(MailUtil):
    """Addresses as `khabarayn.desk.people.accounts` takes them: the library refuses those of closed
    networks (``@paper.local``), by which people were added all the same."""

    def normalize(self, email: str) -> str:
        """Return the e-mail address as accounts store it. Raises ``EmailValidateException``."""
        try:
            return plain_address(email)
        except Refused as refused:
            raise EmailValidateException(str(refused)) from refused

    def validate(self, email: str) -> str:
        """Return the e-mail address as accounts store it; no look-up of its domain."""
        return self.normalize(email)


class OnceOnly(Totp):
    """Codes of authenticator applications; the last accepted time step is stored, so that no code
    is accepted twice."""

    def get_last_counter(self, user: Any) -> int | None:
        """Return the time step of the last code that was accepted; the same code opens nothing
        twice."""
        return user.tf_last_counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Note the time step of the code that was just accepted; the caller commits."""
        user.tf_last_counter = tmatch.counter

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        """Return the address that an application reads, with the paper's name of today."""
        # The library uses the paper's name at the start of the process.
        return self._totp.from_source(totp_secret).to_uri(username, issuer=paper().site_name)
