import { Component, type ReactNode } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { ErrorState } from './states.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a broken panel from taking the window down, and lets it be started again. */
export class PanelBoundary extends Component<Props, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorState
        error={asAppError(this.state.error)}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
