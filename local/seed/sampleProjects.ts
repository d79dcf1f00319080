const FIRST_NAMES = ["Alex", "Bea", "Chris", "Dana", "Eli", "Fran", "Gale", "Harper", "Indira"];
const LAST_NAMES = ["Abbott", "Baker", "Cho", "Diaz", "Ellis", "Foster", "Grant"];
const STREETS = ["Alder Ct", "Birch Ave", "Cedar Ln", "Dogwood Dr", "Elm St"];
const FINANCING = ["cash", "loan", "lease"] as const;

/** The n-th sample job: no two in a row alike, and the same one whenever it is asked for. */
export function sampleProject(number: number) {
  const customerName = `${pick(FIRST_NAMES, number)} ${pick(LAST_NAMES, number)}`;
  // From 4 to 15.9 kW, at $2.40 to $3.39 a watt.
  const systemSizeKw = 4 + (number % 120) / 10;
  const dollarsAWatt = 2.4 + (number % 100) / 100;
  return {
    name: `${customerName.split(" ")[1]} residence ${number}`,
    customerName,
    customerEmail: `customer-${number}@sample.example`,
    siteAddress: `${100 + (number % 9_000)} ${pick(STREETS, number)}, Boise, ID`,
    systemSizeKw,
    contractPriceCents: Math.round(systemSizeKw * 1_000 * dollarsAWatt) * 100,
    financing: pick(FINANCING, number),
  };
}

function pick<Value>(values: readonly Value[], number: number): Value {
  return values[number % values.length]!;
}
