"""Who may use the chat: the users file, passwords, sessions; and how often one may try."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.chat.auth import Role, Sessions, User, Users, UsersFileError, new_user, read_users, with_user
from ui.chat.limits import Rate, Throttle

PASSWORD = "faro de la costa"


@pytest.fixture(scope="module")
def ana() -> User:
    return new_user("ana", Role.LOAD, PASSWORD)


@pytest.fixture
def file(tmp_path: Path, ana: User) -> Path:
    path = tmp_path / "usuarios.txt"
    path.write_text(f"# quién entra\n\n{ana.line}\n", encoding="utf-8")
    return path


def test_the_password_is_not_in_the_line(ana: User) -> None:
    assert PASSWORD not in ana.line
    assert ana.line.startswith("ana:carga:scrypt$32768$8$3$")
    assert ana.line != new_user("ana", Role.LOAD, PASSWORD).line  # each has its own salt


def test_only_the_right_password_enters(file: Path) -> None:
    sessions = Sessions(Users(file))
    token = sessions.enter("ana", PASSWORD)
    assert token is not None
    visitor = sessions.of_token(token)
    assert visitor is not None
    assert (visitor.name, visitor.role, visitor.may_change) == ("ana", Role.LOAD, True)
    assert sessions.enter("ana", PASSWORD.upper()) is None
    assert sessions.enter("ANA", PASSWORD) is None
    assert sessions.enter("otra", PASSWORD) is None
    assert sessions.of_token(token + "x") is None
    sessions.close(token)
    assert sessions.of_token(token) is None


def test_a_session_ends_with_its_time(file: Path) -> None:
    now = [0.0]
    sessions = Sessions(Users(file), clock=lambda: now[0])
    token = sessions.enter("ana", PASSWORD) or ""
    now[0] = 11 * 3600
    assert sessions.of_token(token) is not None
    now[0] = 13 * 3600
    assert sessions.of_token(token) is None


def test_who_is_taken_out_of_the_file_is_out_at_once(file: Path) -> None:
    """Also with another password or another role: a session is only good for the line it was opened with."""
    sessions = Sessions(Users(file))
    token = sessions.enter("ana", PASSWORD) or ""
    assert sessions.of_password("ana", PASSWORD) is not None
    file.write_text(new_user("luis", Role.CONSULT, PASSWORD).line + "\n", encoding="utf-8")
    assert sessions.of_token(token) is None
    assert sessions.of_password("ana", PASSWORD) is None
    luis = sessions.of_password("luis", PASSWORD)
    assert luis is not None
    assert not luis.may_change


def test_a_file_that_breaks_leaves_nobody_in(file: Path) -> None:
    users = Users(file)
    sessions = Sessions(users)
    token = sessions.enter("ana", PASSWORD) or ""
    file.write_text("ana:carga:clave a la vista\n", encoding="utf-8")
    assert sessions.of_token(token) is None
    assert "línea 1" in users.problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no tiene ningún usuario"),
        ("ana", "línea 1: se esperaba «nombre:rol:clave»"),
        ("ana:jefa:x", "«jefa» no es un rol"),
        ("ana:carga:clave123456", "no está cifrada"),
        ("ana:carga:scrypt$2$8$1$AAAA$AAAA", "no está cifrada"),  # too cheap to be worth anything
        ("a b:carga:x", "se esperaba"),
        ("# nadie\n", "no tiene ningún usuario"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "usuarios.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsersFileError, match=told):
        read_users(path)


def test_a_name_may_not_come_twice(tmp_path: Path, ana: User) -> None:
    path = tmp_path / "usuarios.txt"
    path.write_text(f"{ana.line}\n{ana.line}\n", encoding="utf-8")
    with pytest.raises(UsersFileError, match="línea 2"):
        read_users(path)


@pytest.mark.parametrize(
    ("name", "password"), [("a:b", PASSWORD), ("", PASSWORD), ("ana", "corta"), ("a" * 65, PASSWORD)]
)
def test_names_and_passwords_that_will_not_do(name: str, password: str) -> None:
    with pytest.raises(UsersFileError):
        new_user(name, Role.CONSULT, password)


def test_a_user_takes_the_place_of_its_old_line(ana: User) -> None:
    luis = User(name="luis", role=Role.CONSULT, hashed="x")
    text = with_user(with_user("# jefes\n", ana), luis)
    changed = with_user(text, User(name="ana", role=Role.CONSULT, hashed="y"))
    assert changed.splitlines() == ["# jefes", luis.line, "ana:consulta:y"]


def test_a_burst_then_a_steady_rate() -> None:
    now = [0.0]
    throttle = Throttle(Rate(per_minute=60, burst=3), clock=lambda: now[0])
    assert [throttle.take("a") for _ in range(3)] == [0.0, 0.0, 0.0]
    assert throttle.take("a") == pytest.approx(1.0)
    assert throttle.take("b") == 0.0  # each key has its own
    now[0] = 1.0
    assert throttle.take("a") == 0.0
    assert throttle.full("a") == pytest.approx(1.0)


@given(st.lists(st.floats(min_value=0.0, max_value=5.0), max_size=60))
def test_no_pattern_gets_more_than_the_rate(pauses: list[float]) -> None:
    """In any time, at most the burst and what the rate adds in that time."""
    now, taken = [0.0], 0
    throttle = Throttle(Rate(per_minute=30, burst=4), clock=lambda: now[0])
    for pause in pauses:
        now[0] += pause
        taken += throttle.take("a") == 0.0
    assert taken <= 4 + now[0] * 30 / 60 + 1e-6


def test_the_memory_of_keys_is_bounded() -> None:
    throttle = Throttle(Rate(per_minute=1, burst=2), clock=lambda: 0.0, most_keys=50)
    for number in range(500):
        throttle.take(str(number))
    assert len(throttle._buckets) <= 50
