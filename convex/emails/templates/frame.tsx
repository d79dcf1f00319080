import {
  Body,
  Container,
  Head,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";
import { gray, ink, sun } from "../../../lib/palette";
import { DARK_SCHEME, SANS } from "./look";
import type { Letter } from "./letter";

/** Sunup's frame around a letter: the name above, the small print below, one column of 560 px. */
export function Frame({ letter, appUrl }: { letter: Letter; appUrl: string }) {
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{letter.subject}</title>
        <style dangerouslySetInnerHTML={{ __html: DARK_SCHEME }} />
      </Head>
      <Preview>{letter.preview}</Preview>
      <Body className="canvas" style={styles.body}>
        <Container style={styles.column}>
          <Masthead />
          <Section className="sheet" style={styles.sheet}>
            {letter.body}
          </Section>
          <Text className="soft" style={styles.footer}>
            {letter.because}
          </Text>
          <Hr className="line" style={styles.line} />
          <Text className="soft" style={styles.footer}>
            Sunup, software for solar installers.{" "}
            <Link className="soft" href={appUrl} style={styles.footerLink}>
              {appUrl}
            </Link>
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** The rising sun is a half disc of CSS: mailboxes block pictures, and it becomes a bar where corners stay square. */
function Masthead() {
  return (
    <Section style={styles.masthead}>
      <table role="presentation" cellPadding={0} cellSpacing={0} data-skip-in-text="true">
        <tbody>
          <tr>
            <td style={styles.markCell}>
              <div style={styles.disc} />
              <div className="horizon" style={styles.horizon} />
            </td>
            <td className="strong" style={styles.name}>
              Sunup
            </td>
          </tr>
        </tbody>
      </table>
    </Section>
  );
}

const styles = {
  body: { backgroundColor: gray[0], fontFamily: SANS, margin: 0, padding: "24px 12px" },
  column: { maxWidth: "560px", width: "100%", margin: "0 auto" },
  masthead: { padding: "4px 4px 16px" },
  markCell: { paddingRight: "10px", verticalAlign: "middle" },
  disc: {
    width: "22px",
    height: "11px",
    borderRadius: "11px 11px 0 0",
    backgroundColor: sun[6],
    fontSize: 0,
    lineHeight: 0,
  },
  horizon: {
    width: "22px",
    height: "3px",
    marginTop: "2px",
    borderRadius: "2px",
    backgroundColor: ink,
    fontSize: 0,
    lineHeight: 0,
  },
  name: { color: ink, fontSize: "20px", fontWeight: 700 },
  // Names without a space may be longer than a phone is wide.
  sheet: {
    overflowWrap: "anywhere",
    backgroundColor: "#ffffff",
    border: `1px solid ${gray[2]}`,
    borderRadius: "14px",
    padding: "28px 28px 24px",
  },
  line: { border: "none", borderTop: `1px solid ${gray[2]}`, margin: "0 0 12px" },
  footer: {
    color: gray[6],
    fontSize: "13px",
    lineHeight: "20px",
    margin: "16px 4px",
    overflowWrap: "anywhere",
  },
  footerLink: { color: gray[6], textDecoration: "underline" },
} as const;
