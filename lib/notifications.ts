/** Mails about one's own work, which every member turns on and off. All are on at first. */
export const EMAIL_CHOICES = ["taskAssigned", "mention", "weeklySummary"] as const;
export type EmailChoice = (typeof EMAIL_CHOICES)[number];

export const EMAIL_CHOICE_WORDS: Record<EmailChoice, { name: string; description: string }> = {
  taskAssigned: {
    name: "Tasks",
    description: "When somebody assigns a task to you.",
  },
  mention: {
    name: "Mentions",
    description: "When somebody mentions you in a note.",
  },
  weeklySummary: {
    name: "Weekly summary",
    description: "Every Monday: what moved, what is stuck, what is due to you.",
  },
};
