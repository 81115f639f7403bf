// Block blobs as Azure keeps them, behind signed addresses.
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { refuseBlob } from './answers.mjs';

const signedForMs = 3_600_000;
const maxBlocks = 50_000;

export function createBlobs({ now, record, getUrl }) {
  const secret = randomBytes(16);
  /** By path. */
  const blobs = new Map();
  const signatureOf = (path, may, expires) => createHmac('sha256', secret).update(`${path}\n${may}\n${expires}`).digest('base64');
  const create = (kind, name) => {
    const path = `/blob/${kind}/${name}`;
    blobs.set(path, { blocks: new Map(), bytes: undefined, digest: undefined, contentType: 'application/octet-stream', modifiedAt: now(), etag: '' });
    return path;
  };
  const sign = (path, may, job, extra = {}) => {
    const se = new Date(now() + signedForMs).toISOString();
    return `${getUrl()}${path}?${new URLSearchParams({ se, sp: may, sr: 'b', sv: '2025-11-05', skoid: job?.jobBackendId ?? '', ...extra, sig: signatureOf(path, may, se) })}`;
  };
  const write = (path, bytes, contentType = 'application/octet-stream') => {
    const blob = blobs.get(path);
    Object.assign(blob, { bytes, contentType, modifiedAt: now(), etag: `"0x${randomBytes(8).toString('hex').toUpperCase()}"`, blocks: new Map(), digest: undefined });
  };
  const read = (path) => blobs.get(path)?.bytes;
  const digest = (path) => {
    const blob = blobs.get(path);
    blob.digest ??= `sha256:${createHash('sha256').update(blob.bytes).digest('hex')}`;
    return blob.digest;
  };
  const refuse = (call, status, code, reason) => {
    record(call, reason);
    return refuseBlob(status, code, reason);
  };

  const checkAddress = (url, need) => {
    const { sp = '', se = '', sig } = Object.fromEntries(url.searchParams);
    if (sig !== signatureOf(url.pathname, sp, se) || Date.parse(se) < now()) return refuseBlob(403, 'AuthenticationFailed', 'Server failed to authenticate the request.');
    return sp.includes(need) ? undefined : refuseBlob(403, 'AuthorizationPermissionMismatch');
  };

  const put = (blob, path, { call, headers, body }) => {
    if (headers['x-ms-blob-type'] !== 'BlockBlob') return refuse(call, 400, 'MissingRequiredHeader', 'x-ms-blob-type has to be BlockBlob');
    write(path, body, headers['x-ms-blob-content-type']);
    return { status: 201, headers: describe(blob) };
  };

  const putBlock = (blob, { call, url, body }) => {
    const id = url.searchParams.get('blockid') ?? '';
    const [known] = blob.blocks.keys();
    if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(id) || Buffer.from(id, 'base64').length > 64) return refuse(call, 400, 'InvalidQueryParameterValue', `blockid is no base64 of at most 64 bytes: ${id}`);
    if (known !== undefined && known.length !== id.length) return refuse(call, 400, 'InvalidBlobOrBlock', 'all block ids of a blob have one length');
    if (blob.blocks.size >= maxBlocks) return refuse(call, 409, 'BlockCountExceedsLimit', `a blob has at most ${maxBlocks} blocks`);
    blob.blocks.set(id, body);
    return { status: 201, headers: {} };
  };

  const putBlockList = (blob, path, { call, headers, body }) => {
    const xml = body.toString('utf8');
    const ids = [...xml.matchAll(/<(Latest|Uncommitted|Committed)>([^<]*)<\/\1>/gu)].map(([, , id]) => id);
    if (!/<BlockList>[\s\S]*<\/BlockList>|<BlockList\s*\/>/u.test(xml)) return refuse(call, 400, 'InvalidXmlDocument', 'the block list is no <BlockList>');
    if (ids.some((id) => !blob.blocks.has(id))) return refuseBlob(400, 'InvalidBlockList');
    write(path, Buffer.concat(ids.map((id) => blob.blocks.get(id))), headers['x-ms-blob-content-type']);
    return { status: 201, headers: describe(blob) };
  };

  const get = (blob, { url, headers }) => {
    const size = blob.bytes.length;
    const disposition = url.searchParams.get('rscd');
    const about = {
      ...describe(blob), 'content-type': url.searchParams.get('rsct') ?? blob.contentType, 'accept-ranges': 'bytes', 'x-ms-blob-type': 'BlockBlob',
      ...(disposition === null ? {} : { 'content-disposition': disposition }),
    };
    const [, first, last] = /^bytes=(\d+)-(\d*)$/u.exec(headers['x-ms-range'] ?? headers.range ?? '') ?? [];
    if (first === undefined) return { status: 200, headers: about, body: blob.bytes };
    if (Number(first) >= size) return refuseBlob(416, 'InvalidRange');
    const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
    return { status: 206, headers: { ...about, 'content-range': `bytes ${first}-${end}/${size}` }, body: blob.bytes.subarray(Number(first), end + 1) };
  };

  /** One request to the storage; what it is about is in its path, what it may do in its signature. */
  const handle = (request) => {
    const { url, call, headers, verb } = request;
    const writes = verb === 'put' || verb === 'block' || verb === 'blocklist';
    const refused = checkAddress(url, writes ? 'w' : 'r');
    const common = { 'x-ms-request-id': randomUUID(), 'x-ms-version': headers['x-ms-version'] ?? '2025-11-05', ...(headers['x-ms-client-request-id'] === undefined ? {} : { 'x-ms-client-request-id': headers['x-ms-client-request-id'] }) };
    const answer = refused ?? serve(request, writes);
    if (writes && refused === undefined && headers['x-ms-version'] === undefined) record(call, 'there is no x-ms-version');
    return { ...answer, headers: { ...common, ...(writes && answer.status === 201 ? { 'x-ms-request-server-encrypted': 'true' } : {}), ...answer.headers } };
  };
  const serve = (request, writes) => {
    const { url: { pathname }, verb } = request;
    const blob = blobs.get(pathname);
    if (blob === undefined || (!writes && blob.bytes === undefined)) return refuseBlob(404, 'BlobNotFound', 'The specified blob does not exist.');
    if (verb === 'put') return put(blob, pathname, request);
    if (verb === 'block') return putBlock(blob, request);
    if (verb === 'blocklist') return putBlockList(blob, pathname, request);
    return get(blob, request);
  };
  return { create, sign, write, read, digest, handle, remove: (path) => blobs.delete(path) };
}

function describe({ etag, modifiedAt }) {
  return { etag, 'last-modified': new Date(modifiedAt).toUTCString() };
}
