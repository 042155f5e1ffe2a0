// Package shopfront serves what the demo storefront reads: products, stores, guides, pictures, and the orders of whoever is
// logged in. docs/shop-api.md describes it.
//
// # Promise
//
// The login is a cookie of the customer's id and its signature, checked at every use; orders are reached through the
// commerce.Scope of that customer only. Only the demo's own customers can log in here without a password.
//
// # Failure
//
// Errors are problem documents. A cookie that does not verify is a visitor's.
package shopfront
