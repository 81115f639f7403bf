import { formatMoney } from '@shop/money';
import { found } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const prices = String(request.query.prices ?? '').split(',').filter(Boolean).map(Number);
  return found({ lines: prices.length, total: formatMoney(prices.reduce((sum, price) => sum + price, 0)) });
}
