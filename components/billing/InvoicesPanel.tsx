import { Anchor, Badge, Table, Text } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { formatCents, formatDate } from "@/lib/format";
import classes from "./Billing.module.css";
import { INVOICE_WORDS } from "./billingWords";
import type { BillingAccount } from "./types";

/** The latest invoices, each with Stripe's page of it. */
export function InvoicesPanel({ account: { invoices } }: { account: BillingAccount }) {
  if (invoices.length === 0) {
    return (
      <Panel title="Invoices">
        <Text c="dimmed" size="sm">
          There are no invoices yet. They appear here with the first payment.
        </Text>
      </Panel>
    );
  }
  return (
    <Panel title="Invoices" flush>
      <div className={classes.invoices} tabIndex={0} role="region" aria-label="List of invoices">
        <Table horizontalSpacing="lg" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Date</Table.Th>
              <Table.Th>Number</Table.Th>
              <Table.Th ta="right">Amount</Table.Th>
              <Table.Th>Status</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invoices.map((invoice) => (
              <Table.Tr key={invoice.number ?? invoice.createdAt}>
                <Table.Td>{formatDate(invoice.createdAt)}</Table.Td>
                <Table.Td>
                  <InvoiceLink {...invoice} />
                </Table.Td>
                <Table.Td ta="right" className={classes.amount}>
                  {formatCents(invoice.amountCents)}
                </Table.Td>
                <Table.Td>
                  <Badge
                    variant="light"
                    miw="max-content"
                    color={INVOICE_WORDS[invoice.status].color}
                  >
                    {INVOICE_WORDS[invoice.status].label}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  );
}

function InvoiceLink({ number = "Invoice", url }: BillingAccount["invoices"][number]) {
  if (url === undefined) return number;
  return (
    <Anchor inherit underline="always" href={url} target="_blank" rel="noreferrer">
      {number}
    </Anchor>
  );
}
