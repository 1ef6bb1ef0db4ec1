"""What people who use spaCy get from an installed kg, in a process that never imports it by name."""

import json
import subprocess
import sys
from pathlib import Path

import kg
import kg_people

PROGRAM = """
import json, sys, warnings
warnings.simplefilter("error")
import spacy
text = "Prince Harry saw his father, King Charles III. Tom Reed's brother-in-law slept."
nlp = spacy.load("kg_people")
doc = nlp(text)
nlp.to_disk(sys.argv[1])
again = spacy.load(sys.argv[1], exclude=["kg_people"])(text)
own = spacy.blank("en")
own.add_pipe("kg_reader")
own.add_pipe("kg_people")
print(json.dumps({
    "pipes": nlp.pipe_names,
    "fathers": [[c.subject.text, c.object.text] for c in doc._.kg_claims if c.relation == "father"],
    "problems": nlp.analyze_pipes()["problems"],
    "tokens": [[t.text for t in doc], [t.text for t in again]],
    "tags": [[t.dep_ for t in doc], [t.dep_ for t in again]],
    "people": [[p.name for p in made._.kg_people] for made in (doc, own(text))],
    "without": spacy.load("kg_people", exclude=["kg_people"], config={"components.kg_reader.threads": 1}).pipe_names,
}))
"""


def test_the_packaged_pipeline_loads_saves_and_can_be_built_from_its_factories(tmp_path: Path) -> None:
    command = (sys.executable, "-c", PROGRAM, str(tmp_path / "saved"))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["pipes"] == ["kg_reader", "kg_people"]
    assert ["his", "King Charles III"] in said["fathers"]
    assert said["problems"] == {"kg_reader": [], "kg_people": []}
    assert said["tokens"][0] == said["tokens"][1]
    assert said["tags"][0] == said["tags"][1]
    assert said["people"][0] == said["people"][1]
    assert {"Prince Harry", "King Charles III", "Tom Reed"} <= set(said["people"][0])
    assert said["without"] == ["kg_reader"]


def test_the_package_tells_the_version_of_kg() -> None:
    meta = json.loads((kg_people.FOLDER / "meta.json").read_text(encoding="utf-8"))
    assert meta["version"] == kg_people.__version__ == kg.__version__
