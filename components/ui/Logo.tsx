import classes from "./Logo.module.css";

type LogoMarkProps = { size?: number; className?: string };

/** The mark: the sun rising behind a panel. Decorative; the name is always beside it or on its link. */
export function LogoMark({ size = 28, className }: LogoMarkProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M7.5 17a8.5 8.5 0 0 1 17 0z" fill="#f5a31a" />
      <path
        d="M16 2.5v3M5.7 6.7l2.1 2.1M26.3 6.7l-2.1 2.1"
        stroke="#f5a31a"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path
        className={classes.panel}
        d="M8.4 19.5h15.2a1 1 0 0 1 .93.63l2.6 6.5a1 1 0 0 1-.93 1.37H5.8a1 1 0 0 1-.93-1.37l2.6-6.5a1 1 0 0 1 .93-.63z"
      />
      <path
        className={classes.cells}
        d="M6.2 23.6h19.6M12.8 19.5 11 28M19.2 19.5 21 28"
        strokeWidth="1.4"
      />
    </svg>
  );
}

type LogoProps = {
  /** `night` for dark grounds in both schemes; `auto` follows the scheme. */
  tone?: "auto" | "night";
  size?: number;
};

/** Mark and wordmark. */
export function Logo({ tone = "auto", size = 28 }: LogoProps) {
  return (
    <span className={classes.logo} data-tone={tone}>
      <LogoMark size={size} />
      <span className={classes.word} style={{ fontSize: size * 0.72 }}>
        Sunup
      </span>
    </span>
  );
}
