import { appendFileSync } from 'node:fs';
import dns from 'node:dns';
import dgram from 'node:dgram';
import net from 'node:net';

/** Loaded before a program: writes down every attempt to reach anything but this machine. */
const file = process.env.KETBENCH_NETWORK_LOG;
const isLocal = (host) =>
  host === undefined || /^(127\.|::1$|localhost$|0\.0\.0\.0$|::$)/.test(host);
const note = (what) => appendFileSync(file, `${what}\n`);

/** Puts `before` in front of a method; the method itself is called as it was. */
function precede(holder, name, before) {
  const { value: method } = Object.getOwnPropertyDescriptor(holder, name);
  holder[name] = function (...parameters) {
    before(parameters);
    return Reflect.apply(method, this, parameters);
  };
}

precede(net.Socket.prototype, 'connect', (parameters) => {
  const [options] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  const isPath = typeof options === 'object' ? options.path !== undefined : false;
  const host = typeof options === 'object' ? options.host : parameters[1];
  if (!isPath && !isLocal(host)) note(`connect ${host}`);
});
precede(dgram.Socket.prototype, 'send', () => note('datagram'));
for (const holder of [dns, dns.promises]) {
  precede(holder, 'lookup', ([host]) => {
    if (!isLocal(host)) note(`lookup ${host}`);
  });
}
