"""Settings: defaults < kg.toml in the current folder < environment < flags.

The keys are the fields of Settings; in the environment they are KG_STORE, KG_STORE_AS, KG_NAMESPACE,
KG_ONTOLOGY, KG_QUESTIONS, KG_MODEL, KG_WIKIDATA, KG_WIKIDATA_API, KG_CACHE and KG_USER_AGENT.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import KgError

FILE = "kg.toml"
STORE = "kg.store"
TEXTS = ("store_as", "model", "wikidata", "wikidata_api", "cache", "user_agent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a remote store is (docs/stores.md).

    url: its address. layout: a known layout, or its addresses one by one, or "". user_agent: who asks, or "".
    """

    url: str
    layout: str = ""
    user_agent: str = ""

    def __str__(self) -> str:
        return self.url


Place = Path | Address
"""Where a store is: a folder, or a service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run needs to know.

    store: folder of the graph, or address of a store. store_as: how the store at that address is laid out, or "".
    namespace: what IRIs begin with; "" means the store's own, or the shipped one. ontology: folders that add to the
    shipped ontology. questions: folder of one's own saved questions, or "" for the usual one. model: an installed
    spaCy pipeline instead of the shipped English model, or "". wikidata: a SPARQL service or a slice instead of
    Wikidata's own service. wikidata_api: the API that goes with it. cache: folder for answers of services. user_agent:
    who we say we are; services want a contact.
    """

    store: Place = Path(STORE)
    store_as: str = ""
    namespace: str = ""
    ontology: tuple[Path, ...] = ()
    questions: str = ""
    model: str = ""
    wikidata: str = ""
    wikidata_api: str = ""
    cache: str = ""
    user_agent: str = ""


def load(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    folder: Path = Path(),
) -> Settings:
    """Puts the layers together; a flag that is None, "" or () was not given.

    Raises:
        KgError: kg.toml does not parse, holds an unknown key or a value of the wrong type.
    """
    known = {field.name for field in fields(Settings)}
    layers = (_from_file(folder / FILE, known), _from_environment(environment, known), flags or {})
    merged = {key: value for layer in layers for key, value in layer.items() if value and key in known}
    return Settings(
        store=place(merged),
        namespace=str(merged.get("namespace", "")),
        ontology=_paths(merged.get("ontology", ())),
        **{
            name: str(merged.get(name, ""))
            for name in ("questions", "model", "wikidata", "wikidata_api", "cache", "user_agent", "store_as")
        },
    )


def place(fields: Mapping[str, object]) -> Place:
    """Where the store is, by the keys store, store_as and user_agent."""
    store, layout, agent = (str(fields.get(key, "")) for key in ("store", "store_as", "user_agent"))
    return Address(url=store, layout=layout, user_agent=agent) if "://" in store else Path(store or STORE)


def _paths(value: object) -> tuple[Path, ...]:
    if isinstance(value, list | tuple):
        return tuple(Path(str(one)) for one in value)
    return tuple(Path(one) for one in str(value).split(os.pathsep))


def _from_environment(environment: Mapping[str, str], known: set[str]) -> dict[str, object]:
    return {key: environment[f"KG_{key.upper()}"] for key in known if environment.get(f"KG_{key.upper()}")}


def _from_file(path: Path, known: set[str]) -> dict[str, object]:
    if not path.is_file():
        return {}
    import tomllib  # 10 ms that only those with a kg.toml pay

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: {error}", hint="kg.toml is not valid TOML") from error
    for key, value in found.items():
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, sorted(known), 1)
            hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(sorted(known))}"
            raise KgError(f"{path}: unknown key {key!r}", hint=hint)
        lists = key == "ontology" and isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not isinstance(value, str) and not lists:
            raise KgError(f"{path}: {key} must be text, not {value!r}", hint='write, say, store = "family.store"')
    return found
