"""The closed lists that `substances.csv` is held to."""

from __future__ import annotations

from typing import get_args

from deltoid.pipeline.types import RouteCode

FORMS = frozenset({"needle", "iv", "local", "either", "word", "never"})
ADMIN_FAMILIES = frozenset({
    "", "96372", "96401", "96402", "VAX", "RSV", "ALLERGY", "TB", "SKINTEST", "SCINF", "IVONLY", "PROC",
    "IMPL", "NOTINJ", "SELF", "VARIES", "FLUID", "LOCAL", "CONTRAST", "TOXIN", "PREP",
})  # fmt: skip
CATEGORIES = frozenset({
    "corticosteroid", "antibiotic", "nsaid", "opioid", "antiemetic", "antihistamine", "vitamin", "mineral",
    "contraceptive", "androgen", "estrogen", "progestin", "gonadotropin", "gnrh", "antipsychotic",
    "benzodiazepine", "anticoagulant", "insulin", "glp1", "antidiabetic", "epinephrine", "anticholinergic",
    "muscle_relaxant", "migraine", "bone", "biologic", "antineoplastic", "hormonal_antineoplastic", "gcsf",
    "esa", "immune_globulin", "rsv_antibody", "vaccine", "allergen", "tb_test", "skin_test",
    "local_anaesthetic", "anaesthetic", "sedative", "paralytic", "contrast", "radiotracer", "fluid",
    "electrolyte", "neurotoxin", "viscosupplement", "filler", "sclerosant", "enzyme", "hiv_treatment",
    "hiv_prep", "opioid_use_disorder", "opioid_antagonist", "antiviral", "antifungal", "cardiac", "diuretic",
    "vasopressor", "thrombolytic", "oxytocic", "somatostatin", "growth_hormone", "peptide", "iron", "lipid",
    "ophthalmic_biologic", "erectile", "implant", "diagnostic_agent", "unspecified", "other",
})  # fmt: skip
ROUTES = frozenset(("", *get_args(RouteCode)))
ALLOWED = {"category": CATEGORIES, "form": FORMS, "usual_route": ROUTES, "admin_family": ADMIN_FAMILIES}
