import { found } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const lines = String(request.query.items ?? '').split(',').map((item) => /^(\w+):([1-9][0-9]?)$/.exec(item)).filter(Boolean);
  return found({ user: request.user, lines: lines.map(([, name, amount]) => ({ name, amount: Number(amount) })) });
}
