import { missingValue, OptionEffect, ParsedWords, ProgramOption, unknownOption, WrittenOption } from './option-table';
import { InputError } from '../input/input-error';

/** Options as `long` or `s:long`, where `s` is the letter. */
interface Names {
  readonly flags: string;
  readonly values: string;
}

const NAMES: { readonly [effect in OptionEffect]: Names } = {
  request: {
    flags: '0:http1.0 http0.9 http1.1 http2 http2-prior-knowledge http3 http3-only G:get I:head k:insecure g:globoff path-as-is compressed tr-encoding '
      + '::next basic anyauth digest negotiate ntlm ntlm-wb',
    values: 'H:header X:request d:data data-ascii data-binary data-raw data-urlencode json F:form form-string T:upload-file url url-query u:user '
      + 'A:user-agent e:referer b:cookie E:cert oauth2-bearer connect-to r:range request-target aws-sigv4 K:config variable x:proxy preproxy proxy1.0 '
      + 'socks4 socks4a socks5 socks5-hostname unix-socket abstract-unix-socket',
  },
  output: {
    flags: 's:silent S:show-error v:verbose i:include O:remote-name J:remote-header-name remote-name-all R:remote-time f:fail fail-with-body fail-early '
      + '#:progress-bar no-progress-meter progress-meter N:no-buffer buffer trace-time trace-ids styled-output no-styled-output xattr raw create-dirs '
      + 'no-clobber clobber remove-on-error suppress-connect-headers L:location location-trusted follow post301 post302 post303 Z:parallel '
      + 'parallel-immediate skip-existing out-null show-headers',
    values: 'o:output output-dir w:write-out D:dump-header stderr trace trace-ascii trace-config c:cookie-jar etag-save max-filesize max-redirs libcurl '
      + 'parallel-max parallel-max-host create-file-mode dump-ca-embed',
  },
  other: {
    flags: 'a:append cert-status compressed-ssh crlf q:disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure false-start '
      + 'form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control haproxy-protocol ignore-content-length 4:ipv4 6:ipv6 '
      + 'j:junk-session-cookies l:list-only mail-rcpt-allowfails metalink n:netrc netrc-optional alpn no-alpn no-keepalive keepalive npn no-npn sessionid '
      + 'no-sessionid proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert '
      + 'proxy-tlsv1 p:proxytunnel retry-all-errors retry-connrefused sasl-ir socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast '
      + 'ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort 2:sslv2 3:sslv3 tcp-fastopen tcp-nodelay no-tcp-nodelay tftp-no-options '
      + '1:tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tls-earlydata B:use-ascii ca-native proxy-ca-native proxy-http2 mptcp M:manual V:version',
    values: 'alt-svc cacert capath cert-type ciphers connect-timeout C:continue-at crlfile curves delegation dns-interface '
      + 'dns-ipv4-addr dns-ipv6-addr dns-servers doh-url ech egd-file engine etag-compare expect100-timeout ftp-account ftp-alternative-to-user ftp-method '
      + 'P:ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip h:help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway '
      + 'keepalive-cnt keepalive-time key key-type knownhosts krb limit-rate local-port login-options mail-auth mail-from mail-rcpt m:max-time netrc-file '
      + 'noproxy pass pinnedpubkey proto proto-default proto-redir proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers '
      + 'proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype '
      + 'proxy-tlspassword proxy-tlsuser U:proxy-user pubkey Q:quote random-file rate resolve retry retry-delay retry-max-time sasl-authzid '
      + 'service-name sigalgs socks5-gssapi-service Y:speed-limit y:speed-time t:telnet-option tftp-blksize '
      + 'z:time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser upload-flags vlan-priority',
  },
};

const BY_NAME = new Map<string, ProgramOption>();
const BY_LETTER = new Map<string, ProgramOption>();

for (const [effect, { flags, values }] of Object.entries(NAMES)) {
  for (const [names, hasValue] of [[flags, false], [values, true]] as const) {
    for (const word of names.split(' ')) {
      const [, letter, name] = /^(?:(.):)?(.+)$/.exec(word)!;
      const option: ProgramOption = { name, hasValue, effect: effect as OptionEffect };
      BY_NAME.set(name, option);
      if (letter !== undefined) BY_LETTER.set(letter, option);
    }
  }
}

/**
 * Divides the words of a curl command line into options and URLs.
 *
 * @param words The words after `curl`.
 * @throws InputError if curl has no such option.
 * @internal
 */
export function curlWords(words: readonly string[]): ParsedWords {
  const options: WrittenOption[] = [];
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--') {
      operands.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const found = word.startsWith('--') ? [longOption(word)] : letters(word);
    const last = found[found.length - 1];
    if (last.hasValue && last.value === '') {
      // An empty value that is a word of its own is one, as in `-H ''`.
      if (i + 1 >= words.length) throw missingValue('curl', last.written);
      i += 1;
      found.splice(-1, 1, { ...last, value: words[i] });
    }
    options.push(...found);
  }
  return { options, operands };
}

function longOption(word: string): WrittenOption {
  const name = word.slice(2);
  const option = BY_NAME.get(name) ?? (name.startsWith('no-') ? negated(name.slice(3)) : undefined);
  if (option === undefined && isExpanded(name)) throw new InputError(`${word} is not supported here, since its value has variables`, `write --${name.slice(EXPAND.length)} with the value`);
  if (option === undefined) throw unknownOption('curl', word, [...BY_NAME.keys()].map((known) => `--${known}`));
  return { ...option, written: word, value: '' };
}

const EXPAND = 'expand-';

/** Since curl 8.3, each option with a value can read variables in it. */
function isExpanded(name: string): boolean {
  return name.startsWith(EXPAND) && BY_NAME.get(name.slice(EXPAND.length))?.hasValue === true;
}

/** A flag that is off, which it is without it. */
function negated(name: string): ProgramOption | undefined {
  const option = BY_NAME.get(name);
  return option === undefined || option.hasValue ? undefined : { name: `no-${name}`, hasValue: false, effect: option.effect === 'request' ? 'other' : option.effect };
}

/** Letters in one word, as in `-sSX POST` or `-XPOST`. */
function letters(word: string): WrittenOption[] {
  const found: WrittenOption[] = [];
  for (let i = 1; i < word.length; i++) {
    const option = BY_LETTER.get(word[i]);
    if (option === undefined) throw unknownOption('curl', word.length === 2 ? word : `-${word[i]} (in ${word})`, []);
    found.push({ ...option, written: `-${word[i]}`, value: option.hasValue ? word.slice(i + 1) : '' });
    if (option.hasValue) break;
  }
  return found;
}
