import type { AddressProbe } from '../../ports/address-probe.js';

/** Asks over HTTP; a redirect is an answer, and is not followed. */
export function createFetchAddressProbe(): AddressProbe {
  return {
    ask: async (url, timeoutMs) => {
      try {
        const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
        await response.body?.cancel();
        return { kind: 'answered', status: response.status };
      } catch (error) {
        return { kind: 'silent', reason: describe(error) };
      }
    },
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { readonly code?: string; readonly message?: string } | undefined;
  if (error.name === 'TimeoutError') return 'it took too long';
  return cause?.code ?? cause?.message ?? error.message;
}
