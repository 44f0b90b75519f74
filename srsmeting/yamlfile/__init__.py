"""YAML files that people write: read as YAML 1.2, checked against a model, every fault with its line and its repair."""

from srsmeting.yamlfile.places import locate
from srsmeting.yamlfile.reading import Loc, YamlFile, read_yaml
from srsmeting.yamlfile.validation import ModelFault, Text, model_faults, validate
from srsmeting.yamlfile.writing import quoted

__all__ = ["YamlFile", "read_yaml", "validate", "model_faults", "ModelFault", "locate", "Text", "Loc", "quoted"]
