import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import type { Address } from "../../../src/sip/wire/Address.ts"
import { isBound, newHost, until } from "./host.ts"
import { folder, program } from "./program.ts"

interface ProxyOptions {
  /** Where calls to numbers go; all others, and all from there, go to whoever has registered. */
  readonly trunk: Address
  /** The password of every user. */
  readonly password: string
  readonly algorithm?: "MD5" | "SHA-256"
  /** Answers REGISTER with that expiry at most, in seconds. */
  readonly expiresMax?: number
}

export interface Proxy {
  readonly address: Address
  /** Lines of its log: `METHOD user STATUS` for what it challenged and `METHOD loose` for what came by its Route. */
  readonly log: () => ReadonlyArray<string>
  /** It is gone, with all it knew. */
  readonly kill: Effect.Effect<void>
}

export const proxyRealm = "trunk.test"

const modules = ["tm", "tmx", "sl", "rr", "pv", "maxfwd", "usrloc", "registrar", "textops", "siputils", "xlog", "auth"]

/** One worker, so that messages leave in the order they came. */
const config = (address: Address, { algorithm = "MD5", expiresMax = 3_600, password, trunk }: ProxyOptions): string => `
#!KAMAILIO
listen=udp:${address.host}:${address.port}
children=1
debug=1
log_stderror=yes
disable_tcp=yes
auto_aliases=no
${modules.map((name) => `loadmodule "${name}.so"`).join("\n")}
modparam("auth", "qop", "auth")
modparam("auth", "algorithm", "${algorithm}")
modparam("auth", "nonce_count", 1)
modparam("rr", "enable_full_lr", 1)
modparam("usrloc", "db_mode", 0)
modparam("registrar", "max_expires", ${expiresMax})

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("${proxyRealm}", "${password}", "0")) {
      xlog("L_ERR", "=REGISTER $fU challenged\\n");
      www_challenge("${proxyRealm}", "1");
      exit;
    }
    xlog("L_ERR", "=REGISTER $fU known\\n");
    save("location");
    exit;
  }
  if (has_totag()) {
    if (loose_route()) { xlog("L_ERR", "=$rm loose\\n"); t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    xlog("L_ERR", "=$rm without route\\n");
    sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
  if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  t_check_trans();
  if ($si == "${trunk.host}") {
    if (!lookup("location")) { sl_send_reply("404", "Not Here"); exit; }
  } else {
    if (!pv_proxy_authenticate("${proxyRealm}", "${password}", "0")) {
      xlog("L_ERR", "=INVITE $fU challenged\\n");
      proxy_challenge("${proxyRealm}", "1");
      exit;
    }
    xlog("L_ERR", "=INVITE $fU known\\n");
    consume_credentials();
    if ($rU =~ "^[+0-9]") {
      $du = "sip:${trunk.host}:${trunk.port}";
    } else if (!lookup("location")) {
      sl_send_reply("480", "Temporarily Unavailable");
      exit;
    }
  }
  record_route();
  t_relay();
}
`

/** A carrier's proxy: Kamailio, which asks everybody for a digest, stays in the path of calls, and registers phones. */
export const kamailio = Effect.fnUntraced(function* (options: ProxyOptions) {
  const cwd = yield* folder("kamailio")
  const address = { host: newHost(), port: 5060 }
  writeFileSync(join(cwd, "kamailio.cfg"), config(address, options).trimStart())
  const args = ["-DD", "-E", "-f", "kamailio.cfg", "-m", "16", "-M", "4", "-P", "kamailio.pid", "-Y", cwd, "-w", cwd]
  const process = yield* program("kamailio", args, cwd)
  yield* until(
    () => `Kamailio listens: ${process.output()}`,
    () => isBound("udp", address.host, address.port)
  )
  const log = () => [...process.output().matchAll(/ =(\w+ .*)$/gm)].map(([, line]) => line)
  return { address, log, kill: process.kill } satisfies Proxy
})
