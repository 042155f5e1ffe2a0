// Package request reads messages that spell out what is to be done: "for order W1, exchange the kettle in white to black,
// via PayPal; cancel order W2 because it was ordered by mistake", 「把订单 W1 里的保温杯和台灯退掉，退到支付宝」.
//
// # States
//
// None: Read is a pure function.
//
// # Promise
//
// A request is only read where a sentence orders something to be done with an order it names by number. Questions, and
// telling what was done before, are none. What a request names (items, variants, payment method, address) is given in the
// customer's words; who knows the order makes them out. Options in words and as a list ({'colour': 'red', 'size': 'M'}) are
// taken alike.
//
// # Failure
//
// What does not read as a request is left to the rest of the understanding; Read never fails.
package request
