import Link from "next/link";
import { Logo } from "@/components/ui/Logo";
import landing from "./Landing.module.css";
import classes from "./LandingHeader.module.css";

/** Name, the page's parts, and the two ways in. */
export function LandingHeader() {
  return (
    <header className={`${landing.night} ${classes.header}`}>
      <div className={`${landing.wrap} ${classes.bar}`}>
        <Link href="/" className={classes.home} aria-label="Sunup, home">
          <Logo tone="night" size={30} />
        </Link>
        <nav className={classes.parts} aria-label="About Sunup">
          <Link href="/#pipeline">Pipeline</Link>
          <Link href="/#team">Team</Link>
          <Link href="/#isolation">Data protection</Link>
          <Link href="/pricing">Pricing</Link>
        </nav>
        <div className={classes.ways}>
          <Link href="/sign-in" className={classes.signIn}>
            Sign in
          </Link>
          <Link href="/signup" className={`${landing.button} ${classes.signUp}`}>
            Start free
          </Link>
        </div>
      </div>
    </header>
  );
}
