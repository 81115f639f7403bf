import { found, missing } from '@shop/replies';

const percent = { spring: 10, friends: 25 };

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const { code } = request.query;
  if (!Object.hasOwn(percent, code)) return missing('such coupon');
  return found({ code, percent: percent[code] });
}
