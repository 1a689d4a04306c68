import { client, provideClient } from '#renderer/lib/client.ts';
import { connect } from '#renderer/lib/connect.ts';
import { followConnection } from '#renderer/lib/connection.ts';
import { followGates, loadGates } from '#renderer/lib/gate-library.ts';
import { notify, notifyError } from '#renderer/lib/notices.ts';
import { receiveSettings } from '#renderer/lib/settings.ts';
import { keepDrafts, restoreDrafts } from '#renderer/lib/workspace/drafts.ts';
import { followElsewhere, restoreTabs, startAutosave } from '#renderer/lib/workspace/saving.ts';
import {
  acceptDroppedCircuits,
  followLibrary,
  followOpened,
} from '#renderer/features/documents/index.tsx';
import { followBenchmarks } from '#renderer/lib/benchmarks.ts';
import { keepJobDraft } from '#renderer/lib/job-draft-store.ts';
import { followJobs } from '#renderer/lib/jobs.ts';
import { settleOnLeaving } from '#renderer/lib/removals.ts';
import { followTheme } from '#renderer/lib/theme.ts';

/** Connects the window, before the first paint; answers arrive behind it. */
export function start(): void {
  followTheme();
  provideClient(connect());
  followConnection(client());
  client().on('settings.changed', receiveSettings);
  client().on('app.notice', ({ level, text }) => notify(level, text));
  followGates();
  startAutosave();
  keepDrafts();
  keepJobDraft();
  followElsewhere();
  followJobs();
  followBenchmarks();
  settleOnLeaving();
  acceptDroppedCircuits();
  followLibrary();
  followOpened();
  void restoreSession();
}

async function restoreSession(): Promise<void> {
  try {
    receiveSettings(await client().request('settings.get', {}));
    await restoreTabs();
    await restoreDrafts();
    // After what was restored has been drawn: it did not keep the window from coming up.
    setTimeout(
      () =>
        void client()
          .request('app.ready', {})
          .catch(() => undefined),
      0,
    );
    await loadGates();
  } catch (thrown) {
    notifyError(thrown);
  }
}
