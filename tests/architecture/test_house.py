"""The house rules, executable."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from kolektor.api.kits import CONSOLE, MEMBER, NETWORK
from kolektor.api.schema import Mutation, SchemaKit, Type
from kolektor.config.graphql import SCHEMAS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("platform/kolektor", "tenants", "catalog", "integrations")
TOP_LEVEL = {"platform", "tenants", "catalog", "integrations", "frontend", "infra", "tests", "docs"}


def tracked(*patterns: str) -> list[Path]:
    """Files that git tracks (or would), so that build products do not count."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).exists()]


def test_platform_is_no_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    found = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.__file__)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not Path(found.stdout.strip()).is_relative_to(ROOT / "platform")


@pytest.mark.parametrize("name", ["kolektor", "tenants", "catalog", "integrations"])
def test_top_level_names_are_ours(name: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", f"import {name}; print({name}.__file__)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(found.stdout.strip()).is_relative_to(ROOT)


def test_top_level_folders() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert {name for name in folders if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("folder", sorted(TOP_LEVEL))
def test_each_top_level_folder_has_a_readme(folder: str) -> None:
    assert (ROOT / folder / "README.md").exists()


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", "*.ts", "*.tsx", "*.sql")
        if "migrations" not in path.parts and (lines := len(path.read_text("utf-8").splitlines())) > 450
    }
    assert long == {}


def test_services_selectors_models_never_import_graphene() -> None:
    offenders = []
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if path.stem not in {"services", "selectors", "models"} and path.parent.name not in {
                "services",
                "selectors",
            }:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                if any(name.split(".")[0] in {"graphene", "graphene_django", "graphql"} for name in names):
                    offenders.append(str(path))
    assert offenders == []


def test_services_never_see_a_request() -> None:
    offenders = []
    for package in PACKAGES:
        for path in (ROOT / package).rglob("services.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    names = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
                    if names & {"request", "info"} and path.parent.name != "config":
                        offenders.append(f"{path}:{node.name}")
    assert offenders == []


def test_mutations_are_thin_one_a_file() -> None:
    for kit in (MEMBER, CONSOLE, NETWORK):
        for name, mutation in kit.mutations.items():
            path = Path(sys.modules[mutation.__module__].__file__ or "")
            assert path.stem == re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
            assert len(path.read_text("utf-8").splitlines()) < 80


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_committed_schema_is_current(name: str) -> None:
    committed = (ROOT / "frontend" / "schema" / f"{name}.graphql").read_text("utf-8")
    assert committed == str(SCHEMAS[name]).strip() + "\n", "run: kolektor export-schema"


SHARED_TYPES = {"Points", "Money", "PageInfo", "OperationError", "DateTime", "Date", "UUID"}
BUILT_IN = {"String", "Int", "Boolean", "ID", "Float", "Query", "Mutation"}


@pytest.mark.parametrize("kit", [MEMBER, CONSOLE, NETWORK], ids=lambda kit: kit.name)
def test_each_schema_holds_only_its_own_types(kit: SchemaKit) -> None:
    schema = SCHEMAS[kit.name].graphql_schema
    own = set(kit.types) | {
        f"{name[0].upper()}{name[1:]}{end}" for name in kit.mutations for end in ("Input", "Payload")
    }
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or name in BUILT_IN | SHARED_TYPES:
            continue
        assert name in own, f"{name} is in {kit.name} but not declared there"
        graphene_type = getattr(type_, "graphene_type", None)
        if name in kit.types:
            assert graphene_type is kit.types[name]


def test_no_admin_field_can_be_named_by_a_member() -> None:
    member = set(SCHEMAS["member"].graphql_schema.query_type.fields)
    assert member & {"members", "imports", "importBatch", "rules", "overview"} == set()


def test_a_type_without_a_kit_refuses_to_load() -> None:
    with pytest.raises(TypeError, match="which schema it belongs to"):
        type("Homeless", (Type,), {})


@pytest.mark.parametrize("missing", ["kit", "permission", "error_codes", "doc"])
def test_a_mutation_without_its_declarations_refuses_to_load(missing: str) -> None:
    declared = {"kit": SchemaKit("probe"), "permission": lambda actor: True, "error_codes": ()}
    declared.pop(missing, None)
    body = {"Meta": type("Meta", (), declared), "__doc__": "" if missing == "doc" else "Does it."}
    with pytest.raises(TypeError, match="needs a kit"):
        type("Probe", (Mutation,), body)


def test_nothing_of_this_machine_is_in_the_project() -> None:
    # an absolute path of a developer's machine, or a registry's host in a lock file
    suspicious = re.compile(r"/(?:work|farm)/[a-z]|/root/\.|https?://[\w.-]*(?:proxy|mirror|artifactory)[\w.-]*/")
    offenders = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".py", ".ts", ".tsx", ".md", ".toml", ".lock", ".json", ".yaml", ".yml", ".sh", ""}
        and path.stat().st_size < 2_000_000
        and path.name != "test_house.py"
        and suspicious.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert offenders == []


def test_lock_files_name_only_public_hosts() -> None:
    hosts = set(re.findall(r"https?://([\w.-]+)", (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert "://" not in "".join(
        re.findall(r'"resolved": *"[^"]*"', (ROOT / "frontend" / "package-lock.json").read_text("utf-8"))
    )
