from __future__ import annotations

import pytest

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.scan import Scanner, surfaces
from deltoid.pipeline.text import fold

# words as a note has them | the substance | its form | why it matters
WORDS = """
Depo-Medrol|methylprednisolone acetate|needle|the acetate has its own code
depomedrol|methylprednisolone acetate|needle|written in one word
Solu Medrol|methylprednisolone sodium succinate|needle|hyphen left out
methylprednisolone|methylprednisolone|either|salt not told: no code, the policy asks
Medrol dose pack|oral methylprednisolone|never|tablets that begin like an injection
Medrol|oral methylprednisolone|never|tablets
depo shot|depo (not told which)|needle|contraceptive or steroid: not told
Kenalog-40|triamcinolone acetonide|needle|the cream has forms of its own, the bare brand is the injection
kenalog cream|triamcinolone cream|never|the longest match must win
steroid|corticosteroid (not told which)|word|an injection only beside needle words
inhaled steroids|steroids, not injected|never|class word with another way in
cortisone cream|hydrocortisone cream|never|class word with another way in
bethamethasone|betamethasone acetate/phosphate|needle|common misspelling
ceftrixone|ceftriaxone|needle|common misspelling
Rocephin|ceftriaxone|needle|never by mouth
Bicillin LA|penicillin G benzathine|needle|punctuation left out
Bicillin C-R|penicillin G benzathine and procaine|needle|another code than L-A
PCN|penicillin|either|mostly an allergy or tablets
Zosyn|piperacillin/tazobactam|iv|vein only
vancomycin trough|vancomycin by mouth|never|a laboratory value
torodol|ketorolac|needle|common misspelling; tablets are written with their route
acular|ketorolac, other forms|never|eye drops
phenergren|promethazine|either|common misspelling
Phenergan suppository|promethazine, other forms|never|rectal
vitamin B-12|cyanocobalamin|either|tablets exist
B12 level|cyanocobalamin, other forms|never|a laboratory value
Depo-SubQ Provera 104|medroxyprogesterone acetate|needle|same code, per mg
DMPA|medroxyprogesterone acetate|needle|abbreviation
Provera|medroxyprogesterone by mouth|never|tablets
test cyp|testosterone cypionate|needle|abbreviation
testosterone level|testosterone, other forms|never|a laboratory value
testosterone|testosterone|either|ester not told: no code
Azmiro|testosterone cypionate (Azmiro)|needle|the brand has its own code
lidocaine patch|lidocaine, other forms|never|not a needle
2% lidocaine jelly|lidocaine, other forms|never|not a needle
lidocaine with epi|lidocaine with epinephrine|local|one drug of two parts
viscous lidocaine|lidocaine, other forms|never|swallowed
Marcaine plain|bupivacaine|local|local anaesthetic
insulin resistance|insulin, not as a drug|never|a diagnosis
non-insulin-dependent|insulin, not as a drug|never|a diagnosis
Lantus|insulin|needle|only injected
heparin lock|heparin, not as a drug|never|a catheter
heparin-induced|heparin, not as a drug|never|a diagnosis
heparinized saline|heparin, not as a drug|never|a flush
heparinized|heparin|needle|means that it was given
flu shot|influenza vaccine|needle|needle word inside the name
Fluzone High-Dose|influenza vaccine, high dose|needle|another product code
FluMist|influenza vaccine, nasal|never|nasal
MMR vax|MMR vaccine|needle|the shortest way to write it
Td|Td vaccine (written bare)|word|two letters mislead
tetanus booster|tetanus (not told which)|needle|Td or Tdap: not told
Engerix-B|hepatitis B vaccine|needle|brand
Gardasil 9|HPV vaccine|needle|brand with number
allergy shots|allergen extract|needle|the class is the substance
1/2 PPD|PPD, other meanings|never|cigarettes
PPD|tuberculin PPD|needle|skin test
IVIG|immune globulin IV|iv|vein only
RhoGAM|Rho(D) immune globulin|needle|brand
Invega Hafyera|paliperidone palmitate 6-month|needle|longest product name wins
Invega|paliperidone by mouth|never|tablets
Haldol dec|haloperidol decanoate|needle|another code than the lactate
Vivitrol|naltrexone extended-release|needle|brand
naltrexone|naltrexone by mouth|never|tablets unless the depot is named
Narcan nasal spray|naloxone nasal|never|nasal
adrenaline|epinephrine|needle|international spelling; inhaled forms have names of their own
EpiPen|epinephrine auto-injector|needle|brand
racemic epinephrine|epinephrine, other forms|never|inhaled
pethidine|meperidine|needle|international name
suxamethonium|succinylcholine|iv|international name
lignocaine|lidocaine|local|international spelling
clodronate|clodronate|either|foreign drug
butafosfan|butafosfan|needle|veterinary
normal saline irrigation|saline, not as a drug|never|irrigation
D5 half-normal saline|dextrose in saline|iv|fluid
IV fluids|IV fluids|word|a class word: the fluid named elsewhere is the event
albumin|blood products|never|blood product
without contrast|contrast, not injected|never|none was given
Omnipaque 300|iodinated contrast|iv|brand
Neulasta Onpro|pegfilgrastim on-body|needle|another administration code
beta-hCG|hCG, the test|never|a laboratory value
Eylea HD|aflibercept 8 mg|needle|another code than Eylea
"""
ROWS = [line.split("|") for line in WORDS.strip().splitlines()]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(surfaces("drugs.csv", "drug", Formulary.shipped().surfaces()))


@pytest.mark.parametrize(("words", "name", "form", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_written_form(scanner: Scanner, words: str, name: str, form: str, why: str) -> None:
    hits = scanner.scan(fold(f"Today: {words}, then home."))
    assert [hit.surface.norm for hit in hits] == [name], why
    assert Formulary.shipped().substances()[name].form == form, why


@pytest.mark.parametrize(
    "word",
    ["cat", "dog", "egg", "oak", "water", "iron deficiency", "test", "gold", "gad", "pit", "luminal", "17p"],
)
def test_an_ordinary_word_is_no_drug(scanner: Scanner, word: str) -> None:
    known = Formulary.shipped().substances()
    hits = scanner.scan(fold(f"Noted: {word} today."))
    assert [hit.surface.text for hit in hits if known[hit.surface.norm].form != "never"] == []


def test_every_written_form_is_found_by_itself(scanner: Scanner) -> None:
    lost = [
        text
        for text, name in Formulary.shipped().surfaces().items()
        if [hit.surface.norm for hit in scanner.scan(fold(text))] != [name]
    ]
    assert lost == []
