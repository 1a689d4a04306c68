import { homedir } from 'node:os';
import { join } from 'node:path';

/** The library's folder: the same for window, command line and host. KETBENCH_HOME overrides it. */
export function libraryFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = environment.KETBENCH_HOME;
  if (named !== undefined && named !== '') return named;
  switch (platform) {
    case 'win32':
      return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Ketbench');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Ketbench');
    default:
      return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'ketbench');
  }
}
