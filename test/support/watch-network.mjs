import { appendFileSync } from 'node:fs';
import dns from 'node:dns';
import dgram from 'node:dgram';
import net from 'node:net';

/** Loaded before a program: writes down every attempt to reach anything but this machine. */
const file = process.env.KETBENCH_NETWORK_LOG;
const isLocal = (host) => host === undefined || /^(127\.|::1$|localhost$|0\.0\.0\.0$|::$)/.test(host);
const note = (what) => appendFileSync(file, `${what}\n`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...parameters) {
  const [options] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  const host = typeof options === 'object' ? options.host : parameters[1];
  if (!(typeof options === 'object' && options.path) && !isLocal(host)) note(`connect ${host}`);
  return connect.apply(this, parameters);
};
for (const holder of [dns, dns.promises]) {
  const lookup = holder.lookup;
  holder.lookup = (host, ...rest) => {
    if (!isLocal(host)) note(`lookup ${host}`);
    return lookup(host, ...rest);
  };
}
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...parameters) {
  note('datagram');
  return send.apply(this, parameters);
};
