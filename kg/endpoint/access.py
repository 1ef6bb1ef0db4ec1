"""What a request needs besides its address: who asks, with which login, and how long it may take."""

import ipaddress
import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from kg.errors import KgError

Login = Literal["none", "basic", "digest", "bearer"]
LOGINS: tuple[Login, ...] = ("none", "basic", "digest", "bearer")
MEBI = 1 << 20
PROGRAM = f"kg/{metadata.version('kg-people')}"  # not kg.__version__: whoever imports kg may be on the way here


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """user_agent: who asks. login: how a login is sent; user, secret: the login (a bearer has only a secret)."""

    user_agent: str = PROGRAM
    login: Login = "none"
    user: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how often to try.

    deadline: seconds for a request in all, with all its tries. silence: seconds without a byte. tries: at most, per
    request. first_wait, longest_wait: seconds between tries, doubled each time, with jitter. strikes: failed requests
    in a row after which the service is left alone. parallel: requests at a time. most: bytes of an answer, unpacked.
    """

    deadline: float = 90.0
    silence: float = 65.0  # above the 60 s that Wikidata's and Virtuoso's servers think at most
    tries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 30.0
    strikes: int = 3
    parallel: int = 1
    most: int = 256 * MEBI


def access_from(
    environment: Mapping[str, str] = os.environ, user_agent: str = "", *, host: str = "", usual: Login = "basic"
) -> Access:
    """The login that KG_USER and KG_PASSWORD, or KG_TOKEN, give; else that of this host in ~/.netrc.

    Args:
        host: whom it is for. usual: how a service of its kind wants a user's login; KG_AUTH says otherwise.

    Raises:
        KgError: KG_AUTH is unknown, half of the login is missing, or ~/.netrc cannot be read.
    """
    user, password, token = (environment.get(f"KG_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
    chosen = environment.get("KG_AUTH", "")
    if host and not (user or password or token) and chosen != "none":
        user, password = _from_netrc(host, environment)
    asked = chosen or ("bearer" if token else usual if user else "none")
    login = next((one for one in LOGINS if one == asked), None)
    if login is None:
        raise KgError(f"KG_AUTH={asked} is unknown", hint=f"known: {', '.join(LOGINS)}")
    if login in ("basic", "digest") and not (user and password):
        raise KgError("half of the login is missing", hint="set both KG_USER and KG_PASSWORD")
    if login == "bearer" and not (token or password):
        raise KgError("the login's token is missing", hint="set KG_TOKEN")
    secret = token or password if login == "bearer" else password
    return Access(user_agent=user_agent or Access().user_agent, login=login, user=user, secret=secret)


def _from_netrc(host: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """The user and the password of a host in the file that curl, git and others read, too; empty if there are none."""
    path = Path(environment.get("NETRC") or Path(environment.get("HOME", "~")).expanduser() / ".netrc")
    try:
        found = netrc.netrc(str(path)).hosts.get(host) if path.is_file() else None
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        # Its text is not shown: it holds passwords.
        raise KgError(f"{path}: cannot be read as a netrc file", hint="mend it, or set KG_AUTH=none") from error
    return (found[0], found[2]) if found else ("", "")


def checked(url: str, access: Access) -> str:
    """The address of a service, if a request may go there.

    Raises:
        KgError: it is no http(s) address, holds a login, or would carry one unencrypted over the open network.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise KgError(f"{url}: no address of a service: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise KgError(f"{url}: no address of a service", hint="write https://…")
    if parts.username or parts.password:
        shown = url.replace(parts.netloc, parts.netloc.rpartition("@")[2])
        hint = "set KG_USER and KG_PASSWORD instead, so that the login shows nowhere"
        raise KgError(f"{shown}: an address must not hold a login", hint=hint)
    open_password = parts.scheme == "http" and access.login in ("basic", "bearer")
    if open_password and not near(host):
        raise KgError(f"{url}: the login would travel unencrypted", hint="use https, or KG_AUTH=digest")
    return url


def near(host: str) -> bool:
    """Whether a host is this machine or one of a private network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))
