import { useMutation } from "convex/react";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useFormEdits } from "@/components/ui/useFormEdits";
import { api } from "@/convex/_generated/api";
import type { CompanyForm } from "@/lib/company";
import { errorData } from "@/lib/errors";
import { checkCompany, type CompanyErrors, type CompanyField, valuesOf } from "./companyValues";

/** The profile's form over the live profile: what others save shows at once, and is never overwritten unseen. */
export function useCompanyForm(live: CompanyForm & { revision: number }) {
  const saveProfile = useMutation(api.company.saveProfile);
  const edits = useFormEdits<CompanyForm>(valuesOf(live));
  const [errors, setErrors] = useState<CompanyErrors>({});

  function change<Field extends CompanyField>(field: Field, value: CompanyForm[Field]) {
    edits.change(field, value);
    setErrors((all) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => path.split(".")[0] !== field)),
    );
  }

  function mark(found: CompanyErrors) {
    setErrors(found);
    const first = Object.keys(found)[0];
    if (first) document.querySelector<HTMLElement>(`form [name="${first}"]`)?.focus();
  }

  function discard() {
    edits.reset();
    setErrors({});
  }

  const [save, busy] = useExclusive(async () => {
    const checked = checkCompany(edits.values);
    if (!checked.ok) return mark(checked.errors);
    if (edits.overtaken.length > 0) return;
    try {
      await saveProfile({ revision: live.revision, ...checked.company });
      discard();
      toastSuccess("Company profile saved.");
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field !== undefined) mark({ [data.field]: data.message });
      else toastError(thrown);
    }
  });

  return { ...edits, errors, change, discard, save, busy };
}

export type CompanyFormState = ReturnType<typeof useCompanyForm>;
