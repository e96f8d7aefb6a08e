import { graphql } from '@console/api';

export const ProductsQuery = graphql(`
  query Products($first: Int, $after: String, $search: String, $brandId: ID, $withoutBrand: Boolean) {
    products(first: $first, after: $after, search: $search, brandId: $brandId, withoutBrand: $withoutBrand) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id sku name ean producerCode category brand { id name } } }
    }
  }
`);

export const BrandsQuery = graphql(`
  query Brands {
    brands { id name supplierName }
  }
`);

export const ProductQuery = graphql(`
  query Product($id: ID!) {
    product(id: $id) {
      id sku name ean producerCode unit category learned
      brand { id name supplierName }
      timeline { at code text actor }
    }
  }
`);

export const SaveProductMutation = graphql(`
  mutation SaveProduct($input: SaveProductInput!) {
    saveProduct(input: $input) {
      product { id }
      errors { code field message }
    }
  }
`);

export const FileProductsMutation = graphql(`
  mutation FileProducts($input: FileProductsInput!) {
    fileProducts(input: $input) {
      changed
      errors { code field message }
    }
  }
`);
