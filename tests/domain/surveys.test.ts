import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { surveyCompleted } from "../../convex/model/surveys.ts";
import { tenantReader } from "../../convex/tenancy/rules.ts";
import { scopedReader } from "../../convex/tenancy/scopedDb.ts";
import { subjectPath } from "../../lib/notifications.ts";
import { answerProblem, missingOf } from "../../lib/surveyForm.ts";
import { addDays } from "../../lib/calendarDay.ts";
import { clockAt, momentOf } from "../../lib/zonedTime.ts";
import {
  keepDraft,
  keptDraft,
  withDraft,
  withoutSent,
} from "../../components/surveys/form/answerDraft.ts";
import { addMonths, weeksOf } from "../../components/surveys/calendarMonth.ts";
import { type Backend, backend } from "../support/backend.ts";
import { uploadPhoto } from "../support/files.ts";
import { FULL_ANSWERS, NEEDED_PHOTOS, signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const get = async ({ as, surveyId }: TestTenant) => await as.query(api.surveys.get, { surveyId });
const photo = (bytes: string) => ({ name: "roof.png", bytes, contentType: "image/png" });

async function isSurveyed({ tenantId, projectId }: TestTenant): Promise<boolean> {
  return await t.run(async ({ db }) => {
    const scope = { tenantId, memberId: null };
    return await surveyCompleted(scopedReader(tenantReader(db, scope), scope), projectId);
  });
}

describe("whoever is to do a survey", () => {
  const page = { paginationOpts: { numItems: 25, cursor: null } };
  const toldOf = async (who: TestTenant["as"]) =>
    (await who.query(api.notifications.list, page)).page
      .filter(({ kind }) => kind === "surveyAssigned")
      .map(({ by, about, excerpt, subject }) => ({ by, about, excerpt, subject }));
  const mailsTo = async (address: string) =>
    (await t.run(({ db }) => db.query("emails").collect())).filter(({ to }) => to === address);
  const startsAt = momentOf("2026-12-01", "09:00", "America/Los_Angeles");

  it("is told when and where, under the bell and by one mail, in the company's time", async () => {
    const { as, projectId, viewerId } = north;
    const plan = { startsAt, assigneeId: viewerId, note: "" };
    const surveyId = await as.mutation(api.surveys.schedule, { projectId, ...plan });
    // Nine in California is noon where the company is.
    const when = "Dec 1, 2026, 12:00 PM";
    const news = { by: "Ada north", about: "Roof of north", excerpt: when, subject: { surveyId } };
    const viewer = north.asRole("Viewer");
    expect(await toldOf(viewer)).toEqual([news]);
    expect(subjectPath({ surveyId })).toBe(`/surveys/${surveyId}`);
    // Another time is none of it; who gets it back is told again, and mailed once.
    const later = { surveyId, ...plan, startsAt: startsAt + 60_000 };
    await as.mutation(api.surveys.replan, later);
    expect(await toldOf(viewer)).toHaveLength(1);
    await as.mutation(api.surveys.replan, { ...later, assigneeId: north.memberId });
    await as.mutation(api.surveys.replan, later);
    expect(await toldOf(viewer)).toHaveLength(2);
    expect(await mailsTo("viewer@north.test")).toMatchObject([
      {
        message: {
          kind: "surveyAssigned",
          data: { companyName: "north Solar", projectName: "Roof of north", when, surveyId },
        },
      },
    ]);
    expect(await toldOf(as)).toEqual([]);
    expect(await toldOf(south.asRole("Viewer"))).toEqual([]);
  });

  it("gets no mail when they turned it off", async () => {
    const { as, projectId, viewerId } = north;
    const viewer = north.asRole("Viewer");
    await viewer.mutation(api.notifications.setEmail, { choice: "surveyAssigned", on: false });
    const plan = { projectId, startsAt, assigneeId: viewerId, note: "" };
    await as.mutation(api.surveys.schedule, plan);
    expect(await toldOf(viewer)).toHaveLength(1);
    expect(await mailsTo("viewer@north.test")).toEqual([]);
  });
});

describe("a survey", () => {
  it("is in the calendar of its company and its assignee, until it is cancelled", async () => {
    const { as, surveyId, memberId, viewerId } = north;
    const { startsAt } = await get(north);
    const hour = { from: startsAt, before: startsAt + 1 };
    const ids = async (assigneeId?: typeof memberId, range = hour, who = as) =>
      (await who.query(api.surveys.between, { ...range, assigneeId })).surveys.map(
        ({ _id }) => _id,
      );
    expect(await ids()).toContain(surveyId);
    expect(await ids(memberId)).toContain(surveyId);
    expect(await ids(viewerId)).not.toContain(surveyId);
    expect(await ids(undefined, { from: startsAt + 1, before: startsAt + 2 })).not.toContain(
      surveyId,
    );
    expect(await ids(undefined, { from: 0, before: 4e12 }, south.as)).not.toContain(surveyId);
    await as.mutation(api.surveys.cancel, { surveyId });
    expect(await ids()).not.toContain(surveyId);
    await expect(
      as.mutation(api.surveys.saveAnswers, { surveyId, answers: { roofPitch: 3 } }),
    ).rejects.toMatchObject({ data: { code: "CONFLICT" } });
  });

  it("is planned for a time that makes sense and somebody who has access", async () => {
    const { as, projectId, memberId, viewerId, surveyId } = north;
    const plan = { startsAt: Date.now(), assigneeId: memberId, note: "" };
    for (const startsAt of [Number.NaN, Infinity, -1e15, 8e15]) {
      await expect(
        as.mutation(api.surveys.schedule, { ...plan, projectId, startsAt }),
      ).rejects.toMatchObject({ data: { code: "INVALID", field: "startsAt" } });
    }
    await t.run(({ db }) => db.patch("members", viewerId, { status: "deactivated" }));
    const before = await get(north);
    await expect(
      as.mutation(api.surveys.replan, { ...plan, surveyId, assigneeId: viewerId }),
    ).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    expect(await get(north)).toEqual(before);
  });

  it("keeps answers one by one, the same again too, and refuses what cannot be right", async () => {
    const { as, surveyId } = north;
    const save = (answers: Record<string, string | number | boolean | null>) =>
      as.mutation(api.surveys.saveAnswers, { surveyId, answers });
    await save({ roofPitch: 4.5, rafterSpacing: 24 });
    await save({ roofPitch: 4.5 });
    await save({ rafterSpacing: null, meterNumber: "A-1" });
    expect((await get(north)).answers).toEqual({ roofPitch: 4.5, meterNumber: "A-1" });
    const wrongs: Record<string, string | number>[] = [
      { roofPitch: 99 },
      { roofType: "straw" },
      { nonsense: 1 },
      { freeSpaces: 1.5 },
    ];
    for (const wrong of wrongs) {
      await expect(save({ rafterSpacing: 16, ...wrong })).rejects.toMatchObject({
        data: { code: "INVALID", field: Object.keys(wrong)[0] },
      });
    }
    expect((await get(north)).answers).toEqual({ roofPitch: 4.5, meterNumber: "A-1" });
    expect((await get(south)).answers).toEqual({});
  });

  it("takes a photo once, however often it is sent, as a site photo of the project", async () => {
    const { as, surveyId, projectId } = north;
    for (const bytes of ["one", "one again"]) {
      const upload = await uploadPhoto(t, as, surveyId, photo(bytes));
      await as.mutation(api.surveys.addPhoto, { ...upload, surveyId, slot: "roof", key: "k1" });
    }
    const { photos } = await get(north);
    expect(photos).toMatchObject([{ slot: "roof", key: "k1", name: "roof.png" }]);
    const page = { paginationOpts: { numItems: 1, cursor: null } };
    const listed = await as.query(api.documents.list, { ...page, projectId, kind: "sitePhoto" });
    expect(listed.page[0]?._id).toBe(photos[0]?._id);
    await as.mutation(api.documents.remove, { documentId: photos[0]!._id });
    expect((await get(north)).photos).toEqual([]);
    const upload = await uploadPhoto(t, as, surveyId, photo("two"));
    await expect(
      as.mutation(api.surveys.addPhoto, { ...upload, surveyId, slot: "nowhere", key: "k2" }),
    ).rejects.toMatchObject({ data: { code: "INVALID" } });
  });

  it("is completed when nothing is missing, and fills in the project", async () => {
    const { as, surveyId, fullSurveyId, projectId } = north;
    await expect(as.mutation(api.surveys.complete, { surveyId })).rejects.toMatchObject({
      data: { code: "CONFLICT", message: expect.stringContaining("Rafter spacing") as string },
    });
    expect(await isSurveyed(north)).toBe(false);
    await as.mutation(api.surveys.complete, { surveyId: fullSurveyId });
    await as.mutation(api.surveys.complete, { surveyId: fullSurveyId });
    expect(await isSurveyed(north)).toBe(true);
    expect(await isSurveyed(south)).toBe(false);
    expect(await as.query(api.projects.get, { projectId })).toMatchObject({
      ...{ roofType: "metal", roofAgeYears: 12, mainPanelAmps: 200 },
    });
    await expect(as.mutation(api.surveys.cancel, { surveyId: fullSurveyId })).rejects.toMatchObject(
      { data: { code: "CONFLICT" } },
    );
  });
});

describe("what is missing", () => {
  it("is named in the order of the form, and the attic's photo only with a way in", () => {
    expect(missingOf(FULL_ANSWERS, NEEDED_PHOTOS)).toEqual([]);
    expect(missingOf({ ...FULL_ANSWERS, atticAccess: true }, NEEDED_PHOTOS)).toEqual([
      "Photo: Rafters in the attic",
    ]);
    const { roofPitch: _left, ...answers } = FULL_ANSWERS;
    expect(missingOf(answers, NEEDED_PHOTOS.slice(1))).toEqual([
      "Pitch",
      "Photo: House from the street",
    ]);
  });

  it("is not hidden by names that every object has", () => {
    expect(answerProblem("constructor", 1)).toBe("The survey does not ask this.");
    expect(answerProblem("roofType", "toString")).toBe("Choose one of these.");
  });
});

describe("a draft", () => {
  /** A browser's storage with room for so many characters. */
  function storage(room = 1_000) {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      removeItem: (key: string) => void kept.delete(key),
      setItem(key: string, value: string) {
        if (value.length > room) throw new Error("QuotaExceededError");
        kept.set(key, value);
      },
    } as unknown as Storage;
  }

  it("outlives the page, apart from other surveys', and is gone once it was sent", () => {
    const browser = storage();
    keepDraft(browser, "one", { roofPitch: 4, roofType: null });
    expect(keptDraft(browser, "one")).toEqual({ roofPitch: 4, roofType: null });
    expect(keptDraft(browser, "two")).toEqual({});
    keepDraft(browser, "one", {});
    expect(keptDraft(browser, "one")).toEqual({});
  });

  it("that is broken, foreign or too large does no harm", () => {
    const browser = storage(40);
    for (const text of ["{", "null", "[1]", '"x"', '{"nonsense":1}', '{"roofPitch":"high"}']) {
      browser.setItem("sunup-survey-one", text);
      expect(keptDraft(browser, "one")).toEqual({});
    }
    expect(() => keepDraft(browser, "one", { accessNotes: "x".repeat(90) })).not.toThrow();
  });

  it("lies over the server's answers, and what changed while it was sent stays in it", () => {
    const draft = { roofPitch: 5, shading: null };
    expect(withDraft({ roofPitch: 4, shading: "none", freeSpaces: 2 }, draft)).toEqual({
      ...{ roofPitch: 5, freeSpaces: 2 },
    });
    expect(withoutSent({ roofPitch: 6, shading: null }, draft)).toEqual({ roofPitch: 6 });
  });
});

describe("the company's clock", () => {
  it("turns days and times into moments and back, also around the change of clocks", () => {
    const zone = "America/Denver";
    expect(momentOf("2026-11-23", "09:00", zone)).toBe(Date.UTC(2026, 10, 23, 16));
    expect(momentOf("2026-07-01", "09:00", zone)).toBe(Date.UTC(2026, 6, 1, 15));
    for (const [day, time] of [
      ["2026-03-08", "01:59"],
      ["2026-03-08", "03:00"],
      ["2026-11-01", "00:30"],
      ["2026-11-01", "02:00"],
    ] as const) {
      expect(clockAt(momentOf(day, time, zone), zone)).toEqual({ day, time });
    }
    // 02:30 does not exist that night; 01:30 exists twice in autumn.
    expect(clockAt(momentOf("2026-03-08", "02:30", zone), zone).time).toBe("03:30");
    expect(momentOf("2026-11-01", "01:30", zone)).toBe(Date.UTC(2026, 10, 1, 7, 30));
    expect(momentOf("", "09:00", zone)).toBeNaN();
    expect(momentOf("2026-13-01", "09:00", zone)).toBeNaN();
  });

  it("counts days, months and the weeks that a month touches", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addMonths("2026-12", 1)).toBe("2027-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(weeksOf("2026-11").map((week) => [week[0], week[6]])).toEqual([
      ["2026-11-01", "2026-11-07"],
      ["2026-11-08", "2026-11-14"],
      ["2026-11-15", "2026-11-21"],
      ["2026-11-22", "2026-11-28"],
      ["2026-11-29", "2026-12-05"],
    ]);
    expect(weeksOf("2026-02")).toHaveLength(4);
  });
});
