"use client";

import { NativeSelect, SegmentedControl, Text, Textarea, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { answerProblem, type Question, type SurveyAnswer } from "@/lib/surveyForm";

type QuestionFieldProps = {
  name: string;
  question: Question;
  value: SurveyAnswer | undefined;
  onAnswer: (value: SurveyAnswer | null) => void;
};

/** One question of the survey. What cannot be right is said at once and not kept. */
export function QuestionField({ name, question, value, onAnswer }: QuestionFieldProps) {
  const { kind, label, required, help } = question;
  const [wrong, setWrong] = useState<{ typed: string; problem: string } | null>(null);
  const labelId = useId();
  const words = { label, description: help, withAsterisk: required, name };

  function change(typed: string) {
    const text = typed.trim();
    const answer = text === "" ? null : kind === "number" ? Number(text.replace(",", ".")) : typed;
    const problem = answer === null ? null : answerProblem(name, answer);
    setWrong(problem === null ? null : { typed, problem });
    if (problem === null) onAnswer(answer);
  }

  if (kind === "yesNo") {
    return (
      <div role="group" aria-labelledby={labelId}>
        <Text id={labelId} size="sm" fw={500} mb={4}>
          {label}
          {required && <span aria-hidden> *</span>}
        </Text>
        <SegmentedControl
          name={name}
          value={value === undefined ? "" : value ? "yes" : "no"}
          data={[
            { value: "yes", label: "Yes" },
            { value: "no", label: "No" },
          ]}
          onChange={(chosen) => onAnswer(chosen === "yes")}
        />
      </div>
    );
  }
  const input = { ...words, value: wrong?.typed ?? String(value ?? ""), error: wrong?.problem };
  if (kind === "choice") {
    const options = Object.entries(question.names).map(([key, text]) => ({
      value: key,
      label: text,
    }));
    return (
      <NativeSelect
        {...input}
        size="md"
        data={[{ value: "", label: "Choose" }, ...options]}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  if (kind === "text") {
    return (
      <Textarea
        {...input}
        size="md"
        autosize
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...input}
      size="md"
      inputMode={question.decimal ? "decimal" : "numeric"}
      rightSectionWidth={70}
      rightSection={<span>{question.unit}</span>}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
