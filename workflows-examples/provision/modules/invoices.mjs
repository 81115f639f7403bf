import { formatMoney } from '@shop/money';
import { found, missing } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const { order, cents } = request.query;
  if (!/^[0-9]{1,8}$/.test(order)) return missing(`order ${order}`);
  return found({ invoice: `INV-${order.padStart(8, '0')}`, total: formatMoney(Number(cents ?? 0)) });
}
