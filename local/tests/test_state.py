"""State folders, the environment of clients, and the check of what we extend."""

import pytest

from localaws.emulator import surface
from localaws.environment import client_environment, command_environment, server_environment, shell_lines
from localaws.errors import LocalAwsError
from localaws.state import InstanceFolder, Running, chosen_folder


def test_a_folder_with_other_files_is_not_taken(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    folder = InstanceFolder(tmp_path)
    with pytest.raises(LocalAwsError, match="holds other files"):
        folder.create()
    folder.sweep()
    assert (tmp_path / "thesis.txt").exists()


def test_the_lock_says_who_is_alive(tmp_path):
    folder = InstanceFolder(tmp_path / "state")
    assert not folder.alive()
    folder.create()
    assert not folder.alive() and folder.running() is None
    lock = folder.own()
    folder.announce(Running(1, 2))
    assert folder.alive() and folder.running() == Running(1, 2)
    with pytest.raises(LocalAwsError, match="another instance"):
        folder.own()
    lock.close()
    assert folder.running() is None


def test_the_folder_is_the_argument_else_the_surrounding_instance(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCAL_AWS_DIR", str(tmp_path / "around"))
    assert chosen_folder(str(tmp_path / "given")) == tmp_path / "given"
    assert chosen_folder(None) == tmp_path / "around"


def test_clients_see_only_the_local_aws(monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "elsewhere")
    variables = client_environment(InstanceFolder(tmp_path), Running(1, 4567))
    seen = command_environment(variables)
    assert seen["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4567"
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3"} & seen.keys()
    assert "unset AWS_PROFILE" in shell_lines(variables)


def test_the_server_gets_no_credentials_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    monkeypatch.setenv("GITHUB_TOKEN", "real")
    assert "real" not in server_environment(InstanceFolder(tmp_path)).values()


def test_a_ministack_without_what_we_extend_is_named(monkeypatch):
    surface.check()
    monkeypatch.setitem(surface.EXTENDED, "ministack.services.elasticache", ("_create_user", "_gone"))
    monkeypatch.setitem(surface.EXTENDED, "ministack.services.absent", ("_any",))
    with pytest.raises(LocalAwsError, match=r"elasticache\._gone, ministack\.services\.absent") as caught:
        surface.check()
    assert surface.WRITTEN_FOR in str(caught.value)
