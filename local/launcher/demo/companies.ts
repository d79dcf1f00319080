import type { PlanId } from "../../../lib/plans.ts";
import type { Role } from "../../../lib/roles.ts";

/** The password of every demo account. They exist on local stacks only. */
export const DEMO_PASSWORD = "sunny-roof-demo";

export type DemoProject = {
  name: string;
  customerName: string;
  customerEmail: string;
  siteAddress: string;
  /** Kilowatts (DC). */
  systemSizeKw: number;
  /** US cents. */
  contractPriceCents: number;
  /** Name of one of the stages that a new company starts with (lib/stages.ts). */
  stage: string;
  notes?: string;
};

export type DemoCompany = {
  companyName: string;
  plan: PlanId;
  admin: { name: string; email: string };
  colleagues?: { name: string; email: string; roles: Role[] }[];
  /** Invited, and not there yet: the mail with the link is in the mailbox. */
  invited?: { email: string; roles: Role[] }[];
  /** Oldest first. */
  projects: DemoProject[];
};

/** One of Sunup's own people, who may do everything in the staff console. */
export const DEMO_STAFF = { name: "Robin Hale", email: "staff+clerk_test@sunup.example" };

export const DEMO_COMPANIES: DemoCompany[] = [
  {
    companyName: "Brightfield Solar",
    plan: "pro",
    admin: { name: "Maya Ortiz", email: "demo+clerk_test@brightfield.example" },
    colleagues: [
      {
        name: "Daniel Reyes",
        email: "daniel+clerk_test@brightfield.example",
        roles: ["Project Manager"],
      },
      {
        name: "Priya Shah",
        email: "priya+clerk_test@brightfield.example",
        roles: ["Manager", "Sales"],
      },
      {
        name: "Luis Ortega",
        email: "luis+clerk_test@brightfield.example",
        roles: ["Installer"],
      },
    ],
    invited: [{ email: "nora+clerk_test@brightfield.example", roles: ["Viewer"] }],
    projects: [
      job(
        "Lindqvist residence",
        "Erik Lindqvist",
        "2207 Alder Ct, Boise, ID",
        6.4,
        19_840,
        "Completed",
      ),
      job(
        "Okafor carport",
        "Ngozi Okafor",
        "518 Juniper St, Meridian, ID",
        9.2,
        31_280,
        "Permission to operate",
        "Net metering application sent; the utility swaps the meter.",
      ),
      job("Tanaka roof", "Hiro Tanaka", "1340 Maple Ave, Boise, ID", 7.6, 23_560, "Inspection"),
      job(
        "Reyes farmhouse",
        "Lucia Reyes",
        "8901 County Rd 12, Kuna, ID",
        14.8,
        44_400,
        "Installation",
        "Ground mount, trench of 38 m to the main panel.",
      ),
      job(
        "Petrov residence",
        "Anna Petrov",
        "77 Harrison Blvd, Boise, ID",
        5.2,
        17_160,
        "Permitting",
      ),
      job(
        "Garcia battery retrofit",
        "Tomas Garcia",
        "412 Willow Ln, Eagle, ID",
        8,
        38_900,
        "Permitting",
        "Main panel upgrade from 100 A to 200 A in the same permit.",
      ),
      job(
        "Dubois residence",
        "Claire Dubois",
        "2950 Bogus Basin Rd, Boise, ID",
        10.4,
        32_240,
        "Design",
      ),
      job("Haile residence", "Sara Haile", "633 Owyhee St, Boise, ID", 6.8, 21_080, "Site survey"),
      job(
        "Novak workshop",
        "Jan Novak",
        "1518 Fairview Ave, Boise, ID",
        22.4,
        61_600,
        "Contract signed",
      ),
    ],
  },
  {
    companyName: "Harbor Sun Electric",
    plan: "starter",
    admin: { name: "Sam Whitaker", email: "demo+clerk_test@harborsun.example" },
    projects: [
      job(
        "Coleman residence",
        "Ruth Coleman",
        "19 Commercial St, Rockland, ME",
        5.6,
        18_480,
        "Inspection",
      ),
      job(
        "Boatyard roof",
        "Pete Sawyer",
        "4 Wharf Rd, Belfast, ME",
        31.2,
        84_240,
        "Installation",
        "Standing seam metal: clamps, no roof penetrations.",
      ),
      job(
        "Nguyen residence",
        "Linh Nguyen",
        "260 Limerock St, Camden, ME",
        7.2,
        23_040,
        "Permitting",
      ),
      job(
        "Fraser cottage",
        "Isla Fraser",
        "81 Shore Dr, Lincolnville, ME",
        4.4,
        15_840,
        "Contract signed",
      ),
    ],
  },
];

function job(
  name: string,
  customerName: string,
  siteAddress: string,
  systemSizeKw: number,
  priceUsd: number,
  stage: string,
  notes?: string,
): DemoProject {
  const mailbox = customerName.toLowerCase().replaceAll(" ", ".");
  return {
    name,
    customerName,
    customerEmail: `${mailbox}@customer.example`,
    siteAddress,
    systemSizeKw,
    contractPriceCents: priceUsd * 100,
    stage,
    ...(notes === undefined ? {} : { notes }),
  };
}
