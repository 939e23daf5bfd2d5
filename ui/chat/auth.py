"""Who may use the chat: the file of users, hashed passwords, open sessions. Knows nothing of the web.

A users file has one user a line, `name:role:hash`; `consta usuario` writes such lines. Passwords are hashed with
scrypt (RFC 7914) at the cost that OWASP's Password Storage Cheat Sheet lists for 32 MiB.

    UsersFileError   the users file must be corrected; the message is Spanish and names the line
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SHORTEST_PASSWORD = 10  # characters
_COST, _BLOCK, _PARALLEL = 2**15, 8, 3  # 128 · cost · block bytes: 32 MiB each time
_MEMORY = 64 * 1024 * 1024  # bytes scrypt may take; OpenSSL refuses 32 MiB and a little by default
_SALT, _KEY = 16, 32  # bytes
_NAME = re.compile(r"[\w.@-]{1,64}")
_LONGEST_PASSWORD = 1024  # characters; hashing a book would keep the machine busy
_SESSION_SECONDS = 12 * 3600.0
_TRUSTED_SECONDS = 300.0  # how long a verified password of a program is not hashed anew
_MOST_SESSIONS = 10_000


class UsersFileError(Exception):
    """The users file cannot be used. `str(error)` is fit to be shown."""


class Role(StrEnum):
    """What a user may do."""

    CONSULT = "consulta"  # ask, look, evaluate, save
    LOAD = "carga"  # also upload, correct and remove reports


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Who makes a request. name: None where no login is asked for."""

    name: str | None
    role: Role

    @property
    def may_change(self) -> bool:
        """Whether reports and golden sets may be uploaded, corrected and removed."""
        return self.role is Role.LOAD


OWNER = Visitor(name=None, role=Role.LOAD)
"""The person at the machine, where the server listens to this machine alone and no users file is given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """One line of the users file. hashed: `scrypt$cost$block$parallel$salt$key`, salt and key in base64."""

    name: str
    role: Role
    hashed: str

    @property
    def line(self) -> str:
        """The user as a line of the file."""
        return f"{self.name}:{self.role.value}:{self.hashed}"


def new_user(name: str, role: Role, password: str) -> User:
    """A user with a hashed password. Raises UsersFileError for a name or password that will not do."""
    if not _NAME.fullmatch(name):
        raise UsersFileError(
            f"«{name}» no sirve como nombre de usuario: use hasta 64 letras, cifras, puntos, guiones o arrobas."
        )
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise UsersFileError(f"La clave debe tener entre {SHORTEST_PASSWORD} y {_LONGEST_PASSWORD} caracteres.")
    return User(name=name, role=role, hashed=_hash(password))


def read_users(path: Path) -> dict[str, User]:
    """Users by name. Raises UsersFileError when the file cannot be read, a line is wrong, or nobody is in it."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsersFileError(f"No se puede leer el archivo de usuarios «{path}».") from error
    users: dict[str, User] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        user = _user(line.strip(), f"{path.name}, línea {number}")
        if user.name in users:
            raise UsersFileError(f"{path.name}, línea {number}: «{user.name}» ya está más arriba.")
        users[user.name] = user
    if not users:
        raise UsersFileError(f"{path.name}: no tiene ningún usuario. Agregue uno con «consta usuario NOMBRE».")
    return users


def with_user(text: str, user: User) -> str:
    """The text of a users file with a user added, or in place of the line that has the same name."""
    lines = [line for line in text.splitlines() if line.split(":", 1)[0].strip() != user.name]
    return "\n".join([*lines, user.line]) + "\n"


class Users:
    """The users of a file, read anew when it changes: who is taken out of it is out at once.

    Safe to share between threads. A change that cannot be read leaves nobody in, and is told by `problem`.
    """

    def __init__(self, path: Path) -> None:
        """Raises UsersFileError when the file cannot be used."""
        self._path = path
        self._lock = threading.Lock()
        self._hashing = threading.Semaphore(2)  # each takes 32 MiB and a core
        self._nobody = _hash(secrets.token_hex())
        self._stamp = self._stamped()
        self._users = read_users(path)
        self.problem = ""

    def named(self, name: str) -> User | None:
        """The user as the file has it now."""
        with self._lock:
            stamp = self._stamped()
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    self._users, self.problem = read_users(self._path), ""
                except UsersFileError as error:
                    self._users, self.problem = {}, str(error)
            return self._users.get(name)

    def checked(self, name: str, password: str) -> User | None:
        """The user when the password is theirs. An unknown name takes as long as a wrong password."""
        user = self.named(name)
        if len(password) > _LONGEST_PASSWORD:
            return None
        with self._hashing:
            fits = _fits(password, self._nobody if user is None else user.hashed)
        return user if fits else None

    def _stamped(self) -> tuple[int, int]:
        try:
            stat = self._path.stat()
        except OSError:
            return (0, 0)
        return (stat.st_mtime_ns, stat.st_size)


class Sessions:
    """Who is logged in, by an unguessable token; in memory, so that a restart ends all sessions.

    A session ends with its time, with `close`, and when its user is removed, changes role or gets another password.
    """

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[User, float]] = {}
        self._trusted: dict[str, tuple[User, float]] = {}
        self._secret = secrets.token_bytes(32)

    def enter(self, name: str, password: str) -> str | None:
        """A token for a user whose password fits, None otherwise."""
        user = self._users.checked(name, password)
        if user is None:
            return None
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._remember(self._open, _digest(token), user, _SESSION_SECONDS)
        return token

    def of_token(self, token: str) -> Visitor | None:
        """Who a token belongs to; None when there is no such session."""
        with self._lock:
            return self._still(self._open, _digest(token))

    def of_trusted(self, name: str, password: str) -> Visitor | None:
        """Who a program is whose password fitted a moment ago; quick."""
        with self._lock:
            return self._still(self._trusted, self._key(name, password))

    def of_password(self, name: str, password: str) -> Visitor | None:
        """Who a program is that sends name and password with every request (HTTP Basic)."""
        known = self.of_trusted(name, password)
        if known is not None:
            return known
        user = self._users.checked(name, password)
        if user is None:
            return None
        with self._lock:
            self._remember(self._trusted, self._key(name, password), user, _TRUSTED_SECONDS)
        return Visitor(name=user.name, role=user.role)

    def close(self, token: str) -> None:
        """End a session; nothing happens when there is none."""
        with self._lock:
            self._open.pop(_digest(token), None)

    def _key(self, name: str, password: str) -> str:
        return hmac.digest(self._secret, f"{name}\0{password}".encode("utf-8", "surrogatepass"), "sha256").hex()

    def _still(self, kept: dict[str, tuple[User, float]], key: str) -> Visitor | None:
        user, until = kept.get(key, (None, 0.0))
        if user is None:
            return None
        if self._clock() > until or self._users.named(user.name) != user:
            kept.pop(key, None)
            return None
        return Visitor(name=user.name, role=user.role)

    def _remember(self, kept: dict[str, tuple[User, float]], key: str, user: User, seconds: float) -> None:
        now = self._clock()
        if len(kept) >= _MOST_SESSIONS:
            for old in [k for k, (_, until) in kept.items() if until < now] or [next(iter(kept))]:
                kept.pop(old)
        kept[key] = (user, now + seconds)


def _user(line: str, where: str) -> User:
    name, _, rest = line.partition(":")
    role, _, hashed = rest.partition(":")
    if not _NAME.fullmatch(name) or not hashed:
        raise UsersFileError(f"{where}: se esperaba «nombre:rol:clave»; escríbala con «consta usuario NOMBRE».")
    if role not in list(Role):
        raise UsersFileError(f"{where}: «{role}» no es un rol; los roles son {', '.join(Role)}.")
    if _parts(hashed) is None:
        raise UsersFileError(f"{where}: la clave no está cifrada como la cifra «consta usuario NOMBRE».")
    return User(name=name, role=Role(role), hashed=hashed)


def _hash(password: str) -> str:
    salt = secrets.token_bytes(_SALT)
    key = _derived(password, salt, _COST, _BLOCK, _PARALLEL)
    encoded = (base64.b64encode(part).decode() for part in (salt, key))
    return "$".join(("scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), *encoded))


def _fits(password: str, hashed: str) -> bool:
    parts = _parts(hashed)
    if parts is None:
        return False
    cost, block, parallel, salt, key = parts
    return hmac.compare_digest(_derived(password, salt, cost, block, parallel), key)


def _derived(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    text = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=_KEY)


def _parts(hashed: str) -> tuple[int, int, int, bytes, bytes] | None:
    """Cost, block, parallel, salt and key; None for anything that was not made here or would cost too much."""
    found = re.fullmatch(r"scrypt\$(\d{1,6})\$(\d{1,2})\$(\d)\$([\w+/=]+)\$([\w+/=]+)", hashed, re.ASCII)
    if found is None:
        return None
    cost, block, parallel = (int(found[i]) for i in (1, 2, 3))
    dear = 128 * cost * block > _MEMORY // 2 or parallel > _PARALLEL
    if cost < 2**14 or cost & (cost - 1) or not block or not parallel or dear:
        return None
    try:
        salt, key = base64.b64decode(found[4], validate=True), base64.b64decode(found[5], validate=True)
    except (binascii.Error, ValueError):
        return None
    return (cost, block, parallel, salt, key) if len(salt) >= _SALT and len(key) == _KEY else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
