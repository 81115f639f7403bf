export function total(items) {
  let sum = 0;
  for (const { price, amount } of items) sum += price * amount;
  return sum;
}

export function discount(sum, { member = false, coupon = '' } = {}) {
  if (coupon === 'half') {
    return sum / 2;
  }
  if (member) {
    return sum * 0.9;
  }
  return sum;
}
