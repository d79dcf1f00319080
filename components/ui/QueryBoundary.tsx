"use client";

import { IconCloudOff } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { describeError } from "@/lib/errors";
import { PlainButton } from "./links";
import { NextStep } from "./NextStep";
import { Notice } from "./Notice";

type QueryBoundaryProps = {
  children: ReactNode;
  /** When this changes, a shown error is forgotten and the content tried again. */
  resetKey?: string;
};

type QueryBoundaryState = { error: unknown; resetKey: string | undefined };

/** Catches what a Convex query hook throws while rendering, says it plainly and offers a retry. */
export class QueryBoundary extends Component<QueryBoundaryProps, QueryBoundaryState> {
  override state: QueryBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<QueryBoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps(
    props: QueryBoundaryProps,
    state: QueryBoundaryState,
  ): Partial<QueryBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

type ErrorNoticeProps = { error: unknown; onRetry?: () => void; order?: 1 | 2 | 3 };

/** Anything thrown, as a notice in place of the content it prevented. */
export function ErrorNotice({ error, onRetry, order }: ErrorNoticeProps) {
  const { code, title, message, nextStep } = describeError(error);
  return (
    <Notice
      role="alert"
      order={order}
      icon={<IconCloudOff size={26} stroke={1.6} aria-hidden />}
      title={title}
      actions={onRetry && <PlainButton onClick={onRetry}>Try again</PlainButton>}
    >
      {message} <NextStep {...{ code, nextStep }} />
    </Notice>
  );
}
