import { client, provideClient } from '#renderer/lib/client.ts';
import { connect } from '#renderer/lib/connect.ts';
import { followConnection } from '#renderer/lib/connection.ts';
import { notify, notifyError } from '#renderer/lib/notices.ts';
import { receiveSettings } from '#renderer/lib/settings.ts';
import { followTheme } from '#renderer/lib/theme.ts';

/** Connects the window, before the first paint; answers arrive behind it. */
export function start(): void {
  followTheme();
  provideClient(connect());
  followConnection(client());
  client().on('settings.changed', receiveSettings);
  client().on('app.notice', ({ level, text }) => notify(level, text));
  client().request('settings.get', {}).then(receiveSettings).catch(notifyError);
}
