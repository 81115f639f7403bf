/** Asks an address whether it answers. */
export interface AddressProbe {
  readonly ask: (url: string, timeoutMs: number) => Promise<{ readonly kind: 'answered'; readonly status: number } | { readonly kind: 'silent'; readonly reason: string }>;
}
