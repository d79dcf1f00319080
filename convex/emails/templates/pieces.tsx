import { Button, Heading, Link, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import { gray, ink, lake, sun } from "../../../lib/palette";

export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading as="h1" className="strong" style={styles.title}>
      {children}
    </Heading>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="strong" style={styles.paragraph}>
      {children}
    </Text>
  );
}

/** What most readers may skip. */
export function Aside({ children, ...props }: { children: ReactNode; "data-skip-in-text"?: true }) {
  return (
    <Text className="soft" style={styles.aside} {...props}>
      {children}
    </Text>
  );
}

/** The one thing to do. */
export function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Section style={styles.actionRow}>
      <Button className="action" href={href} style={styles.action}>
        {children}
      </Button>
    </Section>
  );
}

/** An address that can be copied where buttons do not work. */
export function Address({ href }: { href: string }) {
  return (
    <Link className="link" href={href} style={styles.address}>
      {href}
    </Link>
  );
}

/** Names and values, one a line. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <Section className="facts" style={styles.facts}>
      {facts.map(([name, value]) => (
        <Text key={name} className="strong" style={styles.fact}>
          <span className="soft" style={styles.factName}>
            {name}:
          </span>{" "}
          {value}
        </Text>
      ))}
    </Section>
  );
}

/** What must not be missed. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <Section className="notice" style={styles.notice}>
      <Text className="strong" style={styles.noticeText}>
        {children}
      </Text>
    </Section>
  );
}

const styles = {
  title: { color: ink, fontSize: "22px", lineHeight: "28px", fontWeight: 700, margin: "0 0 14px" },
  paragraph: { color: ink, fontSize: "16px", lineHeight: "25px", margin: "0 0 14px" },
  aside: { color: gray[6], fontSize: "14px", lineHeight: "21px", margin: "0 0 10px" },
  actionRow: { margin: "22px 0 12px" },
  action: {
    backgroundColor: sun[6],
    borderRadius: "9px",
    color: ink,
    fontSize: "16px",
    fontWeight: 650,
    padding: "13px 22px",
  },
  address: { color: lake[7], wordBreak: "break-all" },
  facts: {
    backgroundColor: gray[0],
    borderRadius: "9px",
    padding: "12px 16px",
    margin: "0 0 14px",
  },
  fact: { color: ink, fontSize: "15px", lineHeight: "24px", margin: 0 },
  factName: { color: gray[6] },
  notice: {
    backgroundColor: sun[0],
    borderLeft: `4px solid ${sun[6]}`,
    borderRadius: "4px",
    padding: "12px 16px",
    margin: "0 0 14px",
  },
  noticeText: { color: ink, fontSize: "15px", lineHeight: "23px", margin: 0 },
} as const;
