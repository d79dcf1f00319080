import { Button, NativeSelect } from "@mantine/core";
import { SearchField } from "@/components/ui/SearchField";
import { PLAN_IDS, PLANS } from "@/lib/plans";
import { TENANT_FLAGS, TENANT_SORTS, type TenantSort } from "@/lib/tenantSummaries";
import { TENANT_STATUSES } from "@/lib/tenantStatus";
import { isSortable, narrows, type TenantsFilter } from "./tenantsFilter";
import classes from "./Tenants.module.css";
import { FLAG_NAMES, SORT_NAMES, TENANT_STATUS_NAMES } from "./tenantWords";

type TenantsFilterBarProps = {
  filter: TenantsFilter;
  onChange: (change: Partial<TenantsFilter>) => void;
};

/** Which companies, and on the phone in which order. */
export function TenantsFilterBar({ filter, onChange }: TenantsFilterBarProps) {
  const select = <Value extends string>(
    field: "plan" | "status" | "flag",
    label: string,
    any: string,
    values: readonly Value[],
    nameOf: (value: Value) => string,
  ) => (
    <NativeSelect
      className={classes.select}
      aria-label={label}
      value={filter[field] ?? ""}
      data={[
        { value: "", label: any },
        ...values.map((value) => ({ value, label: nameOf(value) })),
      ]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value || null })}
    />
  );
  return (
    <div className={classes.filters} role="search" aria-label="Companies">
      <SearchField
        className={classes.search}
        label="Find a company"
        placeholder="Name, address, id, somebody’s e-mail"
        value={filter.q ?? ""}
        onSearch={(words) => onChange({ q: words || null })}
      />
      {select("plan", "Plan", "Any plan", PLAN_IDS, (plan) => PLANS[plan].name)}
      {select("status", "Status", "Any status", TENANT_STATUSES, (it) => TENANT_STATUS_NAMES[it])}
      {select("flag", "Flag", "Any flag", TENANT_FLAGS, (flag) => FLAG_NAMES[flag])}
      {isSortable(filter) && (
        <NativeSelect
          className={classes.select}
          hiddenFrom="md"
          aria-label="Order"
          value={filter.sort}
          data={TENANT_SORTS.map((value) => ({ value, label: `By: ${SORT_NAMES[value]}` }))}
          onChange={(event) =>
            onChange({ sort: event.currentTarget.value as TenantSort, reversed: false })
          }
        />
      )}
      {narrows(filter) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => onChange({ q: null, plan: null, status: null, flag: null })}
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}
