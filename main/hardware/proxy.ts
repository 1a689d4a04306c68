import { AppError } from '#shared/base/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that leads to an address, or null: HTTPS_PROXY and HTTP_PROXY by the address's scheme, but
 * not for what NO_PROXY lists. Lower case wins, as in other programs.
 */
export function proxyFor(url: URL, environment: Environment): URL | null {
  const named = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const given = variable(named, environment) ?? variable('all_proxy', environment);
  if (given === undefined || isExcepted(url, variable('no_proxy', environment) ?? '')) return null;
  let proxy: URL;
  try {
    proxy = new URL(given.includes('://') ? given : `http://${given}`);
  } catch {
    throw wrongProxy(named, given);
  }
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') throw wrongProxy(named, given);
  return proxy;
}

/** Proxies may carry a password, which is not repeated. */
function wrongProxy(name: string, given: string): AppError {
  const shown = given.replace(/\/\/[^@/]*@/, '//•••@');
  return new AppError(
    'bad-input',
    `${name.toUpperCase()} is “${shown}”; an address such as http://proxy.example:3128 is expected.`,
  );
}

function variable(name: string, environment: Environment): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value === undefined || value === '' ? undefined : value;
}

/** Entries are hosts, domains (with or without a dot before them), either with a port, or “*”. */
function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const parts = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(entry.toLowerCase());
      if (entry.split(':').length > 2 && !entry.startsWith('['))
        return host === entry.toLowerCase();
      if (parts?.[2] !== undefined && parts[2] !== port) return false;
      const name = (parts?.[1] ?? '').replace(/^\*?\./, '');
      return host === name || host.endsWith(`.${name}`);
    });
}
