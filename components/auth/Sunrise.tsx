import classes from "./Sunrise.module.css";

/** A roof with panels before the rising sun. Decorative. */
export function Sunrise() {
  return (
    <svg
      className={classes.scene}
      viewBox="0 0 600 900"
      preserveAspectRatio="xMidYMax slice"
      focusable="false"
    >
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#0e1b25" />
          <stop offset="0.5" stopColor="#173748" />
          <stop offset="0.74" stopColor="#8c5a3c" />
          <stop offset="0.86" stopColor="#f0a33b" />
        </linearGradient>
        <radialGradient id="glow">
          <stop offset="0" stopColor="#ffe6a8" stopOpacity="0.95" />
          <stop offset="0.35" stopColor="#fcbf3d" stopOpacity="0.5" />
          <stop offset="1" stopColor="#f5a31a" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="cell" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#2d6a80" />
          <stop offset="1" stopColor="#123441" />
        </linearGradient>
      </defs>
      <rect width="600" height="900" fill="url(#sky)" />
      <g className={classes.sun}>
        <circle cx="396" cy="560" r="300" fill="url(#glow)" />
        <circle cx="396" cy="560" r="84" fill="#ffcf61" />
      </g>
      <path d="M0 640c120-52 210-30 300-12s190 10 300-34v306H0z" fill="#1b3038" opacity="0.75" />
      <path d="M0 900V612l330-128 270 168v248z" fill="#101e27" />
      <path d="M330 484 0 612v22l328-127 272 170v-25z" fill="#22343f" />
      <Panels />
    </svg>
  );
}

/** Two rows of three panels lying on the left slope of the roof. */
function Panels() {
  const cells = [0, 1].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })));
  return (
    <g transform="translate(52 640) skewY(-21.2)">
      {cells.map(({ row, column }) => (
        <g key={`${row}-${column}`} transform={`translate(${column * 84} ${row * 74})`}>
          <rect
            width="78"
            height="68"
            rx="3"
            fill="url(#cell)"
            stroke="#7fb4c4"
            strokeOpacity="0.35"
          />
          <path d="M26 0v68M52 0v68M0 34h78" stroke="#0c2530" strokeWidth="1.5" />
        </g>
      ))}
    </g>
  );
}
