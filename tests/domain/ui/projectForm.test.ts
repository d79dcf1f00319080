import { describe, expect, test } from "vitest";
import { layOver, withEdit } from "../../../components/ui/formEdits.ts";
import {
  changesOf,
  checkForm,
  EMPTY_FORM,
  formFieldOf,
  formValuesOf,
  type FormValues,
} from "../../../components/projects/formValues.ts";

const filled: FormValues = {
  ...EMPTY_FORM,
  name: "Maple Street 12",
  customerName: "Anna Petersen",
  systemSizeKw: 8.4,
  contractPriceUsd: 24_500.5,
};

function checked(values: FormValues) {
  const result = checkForm(values);
  if (!result.ok) throw new Error(`The form was refused: ${JSON.stringify(result.errors)}`);
  return result.project;
}

describe("checking a project's form", () => {
  test("turns dollars into whole cents", () => {
    expect(checked(filled).contractPriceCents).toBe(2_450_050);
    expect(checked({ ...filled, contractPriceUsd: 1.15 }).contractPriceCents).toBe(115);
  });

  test("leaves empty fields out", () => {
    const project = checked({ ...filled, systemSizeKw: "", notes: "   " });
    expect(project.systemSizeKw).toBeUndefined();
    expect(project.notes).toBeUndefined();
    expect(project.customerEmail).toBeUndefined();
  });

  test("names every wrong field, the price under its input", () => {
    const result = checkForm({
      ...EMPTY_FORM,
      customerEmail: "nope",
      systemSizeKw: 0,
      contractPriceUsd: "-",
    });
    expect(result.ok).toBe(false);
    expect(!result.ok && Object.keys(result.errors).sort()).toEqual(
      ["contractPriceUsd", "customerEmail", "customerName", "name", "systemSizeKw"].sort(),
    );
  });

  test("reads its own values back from a project", () => {
    expect(formValuesOf(checked(filled))).toEqual(filled);
  });

  test("knows the input of a field that the server names", () => {
    expect(formFieldOf("contractPriceCents")).toBe("contractPriceUsd");
    expect(formFieldOf("customerEmail")).toBe("customerEmail");
    expect(formFieldOf("tenantId")).toBeUndefined();
  });
});

describe("saving an edit", () => {
  test("sends only the edited fields", () => {
    expect(changesOf(["name"], checked(filled))).toEqual({ name: "Maple Street 12" });
  });

  test("clears an optional field that was emptied", () => {
    const project = checked({ ...filled, contractPriceUsd: "" });
    expect(changesOf(["contractPriceUsd"], project)).toEqual({ contractPriceCents: null });
  });
});

describe("an open form while others change the project", () => {
  const typed = withEdit({}, filled, "name", "Typed here");

  test("keeps what was typed and follows the rest", () => {
    const live = { ...filled, siteAddress: "1 Sun Street" };
    const { values, edited, overtaken } = layOver(live, typed);
    expect(values.name).toBe("Typed here");
    expect(values.siteAddress).toBe("1 Sun Street");
    expect(edited).toEqual(["name"]);
    expect(overtaken).toEqual([]);
  });

  test("says when somebody else changed the very field", () => {
    const { values, overtaken } = layOver({ ...filled, name: "Changed elsewhere" }, typed);
    expect(values.name).toBe("Typed here");
    expect(overtaken).toEqual(["name"]);
  });

  test("still says so after typing on", () => {
    const live = { ...filled, name: "Changed elsewhere" };
    expect(layOver(live, withEdit(typed, live, "name", "Typed on")).overtaken).toEqual(["name"]);
  });

  test("has nothing to save when both typed the same, or the text is as it was", () => {
    expect(layOver({ ...filled, name: "Typed here" }, typed).edited).toEqual([]);
    expect(layOver(filled, withEdit(typed, filled, "name", filled.name)).edited).toEqual([]);
  });
});
