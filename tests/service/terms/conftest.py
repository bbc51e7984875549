"""Small made-up files in each official layout; what stands in their descriptors must never be kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from deltoid.service.terms.importing import Import, carry_out, plan
from deltoid.service.terms.kinds import kinds
from deltoid.service.terms.versions import Versions

TODAY = date(2026, 11, 21)
CANARY = "Descriptor of the AMA"
PRODUCT = (
    "PRODUCTID", "PRODUCTNDC", "PRODUCTTYPENAME", "PROPRIETARYNAME", "PROPRIETARYNAMESUFFIX",
    "NONPROPRIETARYNAME", "DOSAGEFORMNAME", "ROUTENAME", "STARTMARKETINGDATE", "ENDMARKETINGDATE",
    "MARKETINGCATEGORYNAME", "APPLICATIONNUMBER", "LABELERNAME", "SUBSTANCENAME", "ACTIVE_NUMERATOR_STRENGTH",
    "ACTIVE_INGRED_UNIT", "PHARM_CLASSES", "DEASCHEDULE", "NDC_EXCLUDE_FLAG",
    "LISTING_RECORD_CERTIFIED_THROUGH",
)  # fmt: skip
PACKAGE = (
    "PRODUCTID", "PRODUCTNDC", "NDCPACKAGECODE", "PACKAGEDESCRIPTION", "STARTMARKETINGDATE",
    "ENDMARKETINGDATE", "NDC_EXCLUDE_FLAG", "SAMPLE_PACKAGE",
)  # fmt: skip


def hcpcs_line(code: str, record: str, text: str, starts: str = "", ends: str = "") -> str:
    """One line of the alpha-numeric file, 293 characters."""
    head = f"{code:>5}00100{record}{text:<80}{text[:28]:<28}"
    return f"{head:<268}{starts:<8}{starts:<8}{ends:<8}N"


def product(key: str, brand: str, name: str, routes: str, **told: str) -> dict[str, str]:
    """One product of the directory; `told` are other columns."""
    known = {
        "PRODUCTID": key, "PROPRIETARYNAME": brand, "NONPROPRIETARYNAME": name, "ROUTENAME": routes,
        "PRODUCTTYPENAME": "HUMAN PRESCRIPTION DRUG", "MARKETINGCATEGORYNAME": "NDA",
        "STARTMARKETINGDATE": "20260105",
    }  # fmt: skip
    return {**known, **told}


@dataclass(frozen=True)
class Files:
    """Writes files of every kind into one folder."""

    folder: Path

    def text(self, name: str, *lines: str, encoding: str = "cp1252") -> Path:
        path = self.folder / name
        path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
        return path

    def archive(self, name: str, *members: Path | tuple[str, str], **how: int) -> Path:
        path = self.folder / name
        with zipfile.ZipFile(path, "w", compression=how.get("compression", zipfile.ZIP_DEFLATED)) as archive:
            for member in members:
                if isinstance(member, Path):
                    archive.write(member, member.name)
                else:
                    archive.writestr(*member)
        return path

    def hcpcs(self, *lines: str, name: str = "HCPC2026_JUL_ANWEB_06172026.txt") -> Path:
        shipped = (
            hcpcs_line("J1885", "3", "Injection, ketorolac tromethamine, per 15 mg", "19970101"),
            hcpcs_line("25", "7", "A modifier", "19900101"),
        )
        return self.text(name, *(lines or shipped))

    def mue(self, *rows: str, name: str = "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv") -> Path:
        head = (
            '"Codes and descriptors belong to others.\nAll of them.",,,',
            '"HCPCS/\nCPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator",'
            '"MUE Rationale"',
        )
        shown = rows or ("96372,4,3 Date of Service Edit: Clinical,Clinical: Data", "J1885,8,2 Date of,Label")
        return self.text(name, *head, *shown)

    def ptp(self, *rows: Sequence[str], name: str = "ccipra-v323r0-f1.txt") -> Path:
        head = (
            "Text of the owner",
            "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tRationale",
        )
        return self.text(name, *head, *("\t".join(row) for row in rows))

    def asp(
        self, *rows: str, name: str = "section 508 version of October 2026 ASP NDC-HCPCS Crosswalk.csv"
    ) -> Path:
        head = (
            "ASP NDC-HCPCS Crosswalk,,,,,,,,,",
            '"Payment limits effective October 1, 2026 through December 31, 2026",,,,,,,,,',
            "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,"
            "BILLUNITS,BILLUNITSPKG",
        )
        return self.text(name, *head, *rows)

    def ndc(self, products: Iterable[dict[str, str]], packages: Iterable[tuple[str, str, str]]) -> Path:
        rows = ["\t".join(row.get(column, "") for column in PRODUCT) for row in products]
        told = [
            "\t".join(
                {"PRODUCTID": key, "NDCPACKAGECODE": ndc, "ENDMARKETINGDATE": ends}.get(c, "")
                for c in PACKAGE
            )
            for key, ndc, ends in packages
        ]
        return self.archive(
            "ndctext.zip",
            self.text("product.txt", "\t".join(PRODUCT), *rows),
            self.text("package.txt", "\t".join(PACKAGE), *told),
        )

    def fees(self, *rows: str, name: str = "rvu26d.zip") -> Path:
        column = ",".join(["HCPCS", "MOD", "DESCRIPTION", "CODE", *[""] * 20, "FACTOR", *[""] * 6])
        places = (
            "ADDENDUM E,,,,,,,",
            "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
            "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI",
            "02102,AK,01,ALASKA*,1.4,1.5,1.1,0.6",
            "10112,AL,00,ALABAMA,0.9,1.0,0.8,0.5",
            "* a note below the table,,,,,,,",
        )
        return self.archive(
            name,
            self.text("PPRRVU2026_Oct_nonQPP.csv", "2026 Relative Value File,,", column, *rows),
            self.text("PPRRVU2026_Oct_QPP.csv", "2026 Relative Value File,,", column),
            self.text("GPCI2026.csv", *places),
        )

    def service(
        self, code: str, work: str, expense: str, inside: str, malpractice: str, status: str = "A"
    ) -> str:
        total = sum(float(value) for value in (work, expense, malpractice))
        total_inside = sum(float(value) for value in (work, inside, malpractice))
        cells = [code, "", CANARY, status, "", work, expense, "", inside, "NA", malpractice]
        return ",".join([*cells, f"{total:.2f}", f"{total_inside:.2f}", *["0"] * 11, "33.4009", *["0"] * 6])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return Files(folder)


@dataclass(frozen=True)
class Site:
    """A data folder with imports in it."""

    versions: Versions

    def plan(self, kind: str, *paths: Path, day: date | None = None) -> Import:
        return plan(self.versions, kinds()[kind], paths, day)

    def put(self, kind: str, *paths: Path, day: date | None = None) -> Import:
        planned = self.plan(kind, *paths, day=day)
        carry_out(self.versions, planned, TODAY)
        return planned


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(Versions(tmp_path / "data"))


@pytest.fixture
def canary() -> str:
    return CANARY


@pytest.fixture(name="lines")
def hcpcs_lines() -> Callable[..., str]:
    return hcpcs_line


@pytest.fixture(name="product")
def directory_product() -> Callable[..., dict[str, str]]:
    return product


@pytest.fixture
def today() -> date:
    return TODAY
