import { formatMoney } from '@shop/money';
import { found } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const cents = Number(request.query.cents ?? 0);
  return found({ net: formatMoney(cents), gross: formatMoney(Math.round(cents * 1.19)) });
}
